// The C interface between TorchSharp's C# and LibTorch. A handle is one owned reference to a c10::TensorImpl, so that a
// tensor costs no allocation beyond LibTorch's own. Every function catches everything: a failed call returns null or false
// and leaves its message for ts_last_error on the same thread.
#pragma once
#include <ATen/ATen.h>

using at::Tensor;
typedef c10::TensorImpl* H;
static_assert(sizeof(Tensor) == sizeof(H), "a Tensor must be one pointer for handles to be borrowed in place");

#define API extern "C" __attribute__((visibility("default")))

void fail() noexcept;  // records the exception being handled

inline Tensor& T(H& h) { return reinterpret_cast<Tensor&>(h); }
inline c10::optional<Tensor> O(H& h) { return h ? c10::optional<Tensor>(T(h)) : c10::nullopt; }
inline H give(Tensor t) { return t.defined() ? t.unsafeReleaseTensorImpl() : nullptr; }

template <class F> H make(F&& f) noexcept {
    try { return give(f()); } catch (...) { fail(); return nullptr; }
}
template <class F> bool run(F&& f) noexcept {
    try { f(); return true; } catch (...) { fail(); return false; }
}
template <class V, class F> V value(F&& f) noexcept {
    try { return f(); } catch (...) { fail(); return V(); }
}
// for functions with several results: out has one slot per result
template <class F> bool make2(H* out, F&& f) noexcept {
    return run([&] { auto r = f(); out[0] = give(std::get<0>(r)); out[1] = give(std::get<1>(r)); });
}
template <class F> bool make3(H* out, F&& f) noexcept {
    return run([&] { auto r = f(); out[0] = give(std::get<0>(r)); out[1] = give(std::get<1>(r)); out[2] = give(std::get<2>(r)); });
}
// for lists of unknown length: a malloc'd array that C# frees with ts_free; its length goes to count
template <class F> H* make_list(int64_t* count, F&& f) noexcept {
    try {
        std::vector<Tensor> r = f();
        H* a = static_cast<H*>(malloc(sizeof(H) * std::max<size_t>(r.size(), 1)));
        for (size_t i = 0; i < r.size(); i++) a[i] = give(std::move(r[i]));
        *count = static_cast<int64_t>(r.size());
        return a;
    } catch (...) { fail(); return nullptr; }
}

struct S {  // a number: 0 int64, 1 double, 2 bool, 3 absent
    int64_t bits;
    int64_t type;
    operator at::Scalar() const {
        if (type == 1) { double d; memcpy(&d, &bits, sizeof d); return at::Scalar(d); }
        if (type == 2) return at::Scalar(bits != 0);
        return at::Scalar(bits);
    }
    c10::optional<at::Scalar> optional() const { return type == 3 ? c10::nullopt : c10::optional<at::Scalar>(*this); }
};

struct I {  // a list of int64
    const int64_t* data;
    int64_t length;
    operator at::IntArrayRef() const { return at::IntArrayRef(data, static_cast<size_t>(length)); }
};

struct L {  // a list of tensors, copied so that each holds its own reference
    H* data;
    int64_t length;
    std::vector<Tensor> tensors() const {
        std::vector<Tensor> v;
        v.reserve(static_cast<size_t>(length));
        for (int64_t i = 0; i < length; i++) v.push_back(data[i] ? T(data[i]) : Tensor());
        return v;
    }
};

struct Opt {  // what and where; -1 is unspecified
    int32_t dtype, device_type, device_index, requires_grad;
    at::TensorOptions options() const {
        at::TensorOptions o;
        if (dtype >= 0) o = o.dtype(static_cast<at::ScalarType>(dtype));
        if (device_type >= 0) o = o.device(at::Device(static_cast<at::DeviceType>(device_type), static_cast<at::DeviceIndex>(device_index)));
        return o;
    }
    Tensor operator()(Tensor t) const { return requires_grad ? t.set_requires_grad(true) : t; }
};

inline c10::optional<at::ScalarType> D(int32_t dtype) {
    return dtype < 0 ? c10::nullopt : c10::optional<at::ScalarType>(static_cast<at::ScalarType>(dtype));
}
inline c10::optional<at::Generator> G(at::Generator* g) { return g ? c10::optional<at::Generator>(*g) : c10::nullopt; }

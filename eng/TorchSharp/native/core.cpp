// Errors, process settings, generators, tensor creation and inspection, autograd.
#include "shim.h"
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/TensorIndexing.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <climits>
#include <dlfcn.h>
#include <malloc.h>

static thread_local std::string last_error;

void fail() noexcept {
    try {
        throw;
    } catch (const c10::Error& e) {
        last_error = e.what_without_backtrace();
    } catch (const std::exception& e) {
        last_error = e.what();
    } catch (...) {
        last_error = "unknown native error";
    }
}

// LibTorch's OpenMP and a pthread OpenBLAS each have their own pool; one number governs both.
static void set_blas_threads(int n) {
    static auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (set) set(n);
}

__attribute__((constructor)) static void prepare_process() {
    // Training frees and allocates the same large blocks every step: keep them, instead of faulting them in anew.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    if (!getenv("OPENBLAS_NUM_THREADS")) set_blas_threads(at::get_num_threads());
}

API const char* ts_last_error() { return last_error.c_str(); }
API void ts_free(void* p) { free(p); }

API bool ts_set_num_threads(int32_t n) { return run([&] { at::set_num_threads(n); set_blas_threads(n); }); }
API int32_t ts_get_num_threads() { return at::get_num_threads(); }
API bool ts_set_num_interop_threads(int32_t n) { return run([&] { at::set_num_interop_threads(n); }); }
API int32_t ts_get_num_interop_threads() { return at::get_num_interop_threads(); }

API bool ts_cuda_is_available() { return value<bool>([&] { return at::hasCUDA() && at::getNumGPUs() > 0; }); }
API bool ts_cudnn_is_available() { return value<bool>([&] { return at::globalContext().hasCuDNN(); }); }
API int32_t ts_cuda_device_count() { return value<int32_t>([&] { return at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0; }); }
API bool ts_set_default_dtype(int32_t dtype) { return run([&] { at::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(dtype))); }); }
API int32_t ts_get_default_dtype() { return static_cast<int32_t>(c10::typeMetaToScalarType(at::get_default_dtype())); }

API bool ts_is_grad_enabled() { return at::GradMode::is_enabled(); }
API void ts_set_grad_enabled(bool on) { at::GradMode::set_enabled(on); }
API c10::InferenceMode* ts_inference_mode(bool on) { return new c10::InferenceMode(on); }
API void ts_inference_mode_end(c10::InferenceMode* guard) { delete guard; }
API bool ts_is_inference_mode() { return c10::InferenceMode::is_enabled(); }

// ---- generators
API at::Generator* ts_generator_default() {
    return value<at::Generator*>([&] { return new at::Generator(at::globalContext().defaultGenerator(at::Device(at::kCPU))); });
}
API at::Generator* ts_generator_new(uint64_t seed) { return value<at::Generator*>([&] { return new at::Generator(at::detail::createCPUGenerator(seed)); }); }
API void ts_generator_free(at::Generator* g) { delete g; }
API bool ts_generator_manual_seed(at::Generator* g, int64_t seed) {
    return run([&] { std::lock_guard<std::mutex> lock(g->mutex()); g->set_current_seed(static_cast<uint64_t>(seed)); });
}
API int64_t ts_generator_initial_seed(at::Generator* g) { return static_cast<int64_t>(g->current_seed()); }
API H ts_generator_get_state(at::Generator* g) {
    return make([&] { std::lock_guard<std::mutex> lock(g->mutex()); return g->get_state(); });
}
API bool ts_generator_set_state(at::Generator* g, H state) {
    return run([&] { std::lock_guard<std::mutex> lock(g->mutex()); g->set_state(T(state)); });
}
// ---- lifetime and inspection
API void ts_dispose(H h) { c10::intrusive_ptr<c10::TensorImpl>::reclaim(h); }
API int64_t ts_dim(H h) { return T(h).dim(); }
API int64_t ts_numel(H h) { return T(h).numel(); }
API int32_t ts_dtype(H h) { return static_cast<int32_t>(T(h).scalar_type()); }
API int32_t ts_device_type(H h) { return static_cast<int32_t>(T(h).device().type()); }
API int32_t ts_device_index(H h) { return T(h).device().index(); }
API int64_t ts_element_size(H h) { return static_cast<int64_t>(T(h).itemsize()); }
API int64_t ts_storage_offset(H h) { return value<int64_t>([&] { return T(h).storage_offset(); }); }
API bool ts_is_contiguous(H h) { return T(h).is_contiguous(); }
API bool ts_is_sparse(H h) { return T(h).is_sparse(); }
API bool ts_is_pinned(H h) { return value<bool>([&] { return T(h).is_pinned(); }); }
API bool ts_shape(H h, int64_t* out) { return run([&] { auto s = T(h).sizes(); std::copy(s.begin(), s.end(), out); }); }
API bool ts_strides(H h, int64_t* out) { return run([&] { auto s = T(h).strides(); std::copy(s.begin(), s.end(), out); }); }
API bool ts_size(H h, int64_t dim, int64_t* out) { return run([&] { *out = T(h).size(dim); }); }
API bool ts_stride(H h, int64_t dim, int64_t* out) { return run([&] { *out = T(h).stride(dim); }); }
API void* ts_data(H h) { return value<void*>([&] { return T(h).data_ptr(); }); }
API bool ts_item(H h, S* out) {
    return run([&] {
        at::Scalar s = T(h).item();
        if (s.isFloatingPoint()) { double d = s.toDouble(); memcpy(&out->bits, &d, sizeof d); out->type = 1; }
        else if (s.isBoolean()) { out->bits = s.toBool(); out->type = 2; }
        else { out->bits = s.toLong(); out->type = 0; }
    });
}
API bool ts_equal(H a, H b, bool* out) { return run([&] { *out = at::equal(T(a), T(b)); }); }
API bool ts_allclose(H a, H b, double rtol, double atol, bool equal_nan, bool* out) {
    return run([&] { *out = at::allclose(T(a), T(b), rtol, atol, equal_nan); });
}
API bool ts_is_nonzero(H h, bool* out) { return run([&] { *out = T(h).is_nonzero(); }); }

// ---- autograd
API bool ts_requires_grad(H h) { return T(h).requires_grad(); }
API bool ts_is_leaf(H h) { return T(h).is_leaf(); }
API bool ts_set_requires_grad(H h, bool on) { return run([&] { T(h).requires_grad_(on); }); }
API bool ts_retain_grad(H h) { return run([&] { T(h).retain_grad(); }); }
API H ts_grad(H h) { return make([&] { return T(h).grad(); }); }
API bool ts_set_grad(H h, H grad) { return run([&] { T(h).mutable_grad() = grad ? T(grad) : Tensor(); }); }
API H ts_detach(H h) { return make([&] { return T(h).detach(); }); }
API bool ts_detach_(H h) { return run([&] { T(h).detach_(); }); }
API bool ts_backward(L tensors, L grads, bool has_retain, bool retain, bool create, L inputs) {
    return run([&] {
        torch::autograd::backward(tensors.tensors(), grads.tensors(), has_retain ? c10::optional<bool>(retain) : c10::nullopt, create, inputs.tensors());
    });
}
API H* ts_autograd_grad(L outputs, L inputs, L grads, bool retain, bool create, bool allow_unused, int64_t* count) {
    return make_list(count, [&] {
        return torch::autograd::grad(outputs.tensors(), inputs.tensors(), grads.tensors(), retain, create, allow_unused);
    });
}

// ---- creation
API H ts_empty(I size, Opt o) { return make([&] { return o(at::empty(size, o.options())); }); }
API H ts_zeros(I size, Opt o) { return make([&] { return o(at::zeros(size, o.options())); }); }
API H ts_ones(I size, Opt o) { return make([&] { return o(at::ones(size, o.options())); }); }
API H ts_full(I size, S v, Opt o) { return make([&] { return o(at::full(size, v, o.options())); }); }
API H ts_rand(I size, at::Generator* g, Opt o) { return make([&] { return o(at::rand(size, G(g), o.options())); }); }
API H ts_randn(I size, at::Generator* g, Opt o) { return make([&] { return o(at::randn(size, G(g), o.options())); }); }
API H ts_randint(int64_t low, int64_t high, I size, at::Generator* g, Opt o) { return make([&] { return o(at::randint(low, high, size, G(g), o.options())); }); }
API H ts_randperm(int64_t n, at::Generator* g, Opt o) { return make([&] { return o(at::randperm(n, G(g), o.options())); }); }
API H ts_arange(S start, S stop, S step, Opt o) { return make([&] { return o(at::arange(start, stop, step, o.options())); }); }
API H ts_linspace(double a, double b, int64_t n, Opt o) { return make([&] { return o(at::linspace(a, b, n, o.options())); }); }
API H ts_logspace(double a, double b, int64_t n, double base, Opt o) { return make([&] { return o(at::logspace(a, b, n, base, o.options())); }); }
API H ts_eye(int64_t n, int64_t m, Opt o) { return make([&] { return o(at::eye(n, m, o.options())); }); }
// Copies the caller's memory (of type dtype): what LibTorch allocates is aligned and needs no pinning.
API H ts_from_memory(const void* data, int32_t dtype, I size, Opt o) {
    return make([&] {
        Tensor t = at::empty(size, static_cast<at::ScalarType>(dtype));
        if (t.nbytes()) memcpy(t.data_ptr(), data, t.nbytes());
        return o(t.to(t.options().merge_in(o.options())));
    });
}
// Shares the caller's memory, which release(context) gives up once the last tensor on it is gone.
API H ts_from_blob(void* data, int32_t dtype, I size, void (*release)(void*), void* context) {
    return make([&] {
        return at::from_blob(data, size, [release, context](void*) { release(context); }, static_cast<at::ScalarType>(dtype));
    });
}
#define LIKE(f) API H ts_##f(H h, Opt o) { return make([&] { return o(at::f(T(h), o.options())); }); }
LIKE(empty_like) LIKE(zeros_like) LIKE(ones_like) LIKE(rand_like) LIKE(randn_like)
API H ts_full_like(H h, S v, Opt o) { return make([&] { return o(at::full_like(T(h), v, o.options())); }); }
API H ts_randint_like(H h, int64_t low, int64_t high, Opt o) { return make([&] { return o(at::randint_like(T(h), low, high, o.options())); }); }
API H ts_to(H h, Opt o, bool non_blocking, bool copy) {
    return make([&] { return T(h).to(T(h).options().merge_in(o.options()), non_blocking, copy); });
}

// ---- random, in place
API bool ts_uniform_(H h, double a, double b, at::Generator* g) { return run([&] { T(h).uniform_(a, b, G(g)); }); }
API bool ts_normal_(H h, double mean, double std, at::Generator* g) { return run([&] { T(h).normal_(mean, std, G(g)); }); }
API bool ts_log_normal_(H h, double mean, double std, at::Generator* g) { return run([&] { T(h).log_normal_(mean, std, G(g)); }); }
API bool ts_cauchy_(H h, double median, double sigma, at::Generator* g) { return run([&] { T(h).cauchy_(median, sigma, G(g)); }); }
API bool ts_exponential_(H h, double lambda, at::Generator* g) { return run([&] { T(h).exponential_(lambda, G(g)); }); }
API bool ts_geometric_(H h, double p, at::Generator* g) { return run([&] { T(h).geometric_(p, G(g)); }); }
API bool ts_bernoulli_(H h, double p, at::Generator* g) { return run([&] { T(h).bernoulli_(p, G(g)); }); }
API bool ts_bernoulli_tensor_(H h, H p, at::Generator* g) { return run([&] { T(h).bernoulli_(T(p), G(g)); }); }
API bool ts_random_(H h, int64_t from, int64_t to, at::Generator* g) { return run([&] { T(h).random_(from, to, G(g)); }); }
API H ts_bernoulli(H h, at::Generator* g) { return make([&] { return at::bernoulli(T(h), G(g)); }); }
API H ts_multinomial(H h, int64_t n, bool replacement, at::Generator* g) { return make([&] { return at::multinomial(T(h), n, replacement, G(g)); }); }
API H ts_normal(H mean, H std, at::Generator* g) { return make([&] { return at::normal(T(mean), T(std), G(g)); }); }
API H ts_poisson(H h, at::Generator* g) { return make([&] { return at::poisson(T(h), G(g)); }); }

// ---- indexing
struct Index { int64_t kind, start, stop, step; H tensor; };  // the order of TensorIndex.Kind; an absent bound is INT64_MIN
static std::vector<at::indexing::TensorIndex> indices(Index* a, int64_t n) {
    using namespace at::indexing;
    auto bound = [](int64_t v) { return v == INT64_MIN ? c10::optional<int64_t>() : c10::optional<int64_t>(v); };
    std::vector<TensorIndex> r;
    for (int64_t i = 0; i < n; i++) {
        switch (a[i].kind) {
            case 1: r.emplace_back(a[i].start); break;
            case 3: r.emplace_back(Ellipsis); break;
            case 4: r.emplace_back(a[i].start != 0); break;
            case 5: r.emplace_back(a[i].tensor ? T(a[i].tensor) : Tensor()); break;
            case 6: r.emplace_back(at::indexing::Slice(bound(a[i].start), bound(a[i].stop), bound(a[i].step))); break;
            default: r.emplace_back(None); break;
        }
    }
    return r;
}
API H ts_index(H h, Index* a, int64_t n) { return make([&] { return T(h).index(indices(a, n)); }); }
API bool ts_index_put_(H h, Index* a, int64_t n, H value) { return run([&] { T(h).index_put_(indices(a, n), T(value)); }); }
API bool ts_index_put_scalar_(H h, Index* a, int64_t n, S value) { return run([&] { T(h).index_put_(indices(a, n), at::Scalar(value)); }); }
API bool ts_index_accumulate_(H h, H* tensors, int64_t n, H value) {
    return run([&] {
        c10::List<c10::optional<Tensor>> list;
        for (int64_t i = 0; i < n; i++) list.push_back(O(tensors[i]));
        T(h).index_put_(list, T(value), true);
    });
}

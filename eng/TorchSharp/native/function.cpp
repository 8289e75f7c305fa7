// Autograd functions whose forward and backward are managed code.
#include "shim.h"
#include <ATen/core/ivalue.h>
#include <torch/csrc/autograd/custom_function.h>

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// A call of C#: results is an array from malloc, of borrowed handles; a negative count says that it threw.
typedef int64_t (*Run)(void* call, AutogradContext* context, H* tensors, int64_t count, H** results);
typedef void (*Release)(void* call);
struct Managed { Run forward; Run backward; Release release; void* call; };

namespace {
struct Owner : torch::CustomClassHolder {
    Managed managed;
    explicit Owner(Managed m) : managed(m) {}
    ~Owner() override { managed.release(managed.call); }
};

variable_list call(Run run, void* managed, AutogradContext* context, at::ArrayRef<Tensor> tensors) {
    std::vector<H> handles;
    for (const auto& t : tensors) handles.push_back(give(t));
    H* results = nullptr;
    auto count = run(managed, context, handles.data(), static_cast<int64_t>(handles.size()), &results);
    TORCH_CHECK(count >= 0, "the managed autograd function threw an exception");
    variable_list list;
    for (int64_t i = 0; i < count; i++) list.push_back(results[i] ? T(results[i]) : Tensor());
    free(results);
    return list;
}

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
    static variable_list forward(AutogradContext* context, at::TensorList inputs, c10::intrusive_ptr<Owner> owner) {
        context->saved_data["owner"] = at::IValue::make_capsule(owner);
        return call(owner->managed.forward, owner->managed.call, context, {});
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        auto owner = c10::static_intrusive_pointer_cast<Owner>(context->saved_data["owner"].toCapsule());
        auto list = call(owner->managed.backward, owner->managed.call, context, gradients);
        list.emplace_back();  // of the owner
        return list;
    }
};
}

API H* ts_function_apply(L inputs, Managed managed, int64_t* count) {
    return make_list(count, [&] {
        auto owner = c10::make_intrusive<Owner>(managed);
        auto tensors = inputs.tensors();
        return ManagedFunction::apply(at::TensorList(tensors), owner);
    });
}
API bool ts_context_save_for_backward(AutogradContext* c, L tensors) { return run([&] { c->save_for_backward(tensors.tensors()); }); }
API H* ts_context_saved(AutogradContext* c, int64_t* count) { return make_list(count, [&] { return c->get_saved_variables(); }); }
API bool ts_context_mark_dirty(AutogradContext* c, L tensors) { return run([&] { c->mark_dirty(tensors.tensors()); }); }
API bool ts_context_mark_non_differentiable(AutogradContext* c, L tensors) { return run([&] { c->mark_non_differentiable(tensors.tensors()); }); }
API bool ts_context_set_materialize_grads(AutogradContext* c, bool on) { return run([&] { c->set_materialize_grads(on); }); }

// Pointwise, comparison, reduction, linear-algebra and shape operations.
#include "shim.h"

#define UNARY(f) API H ts_##f(H a) { return make([&] { return at::f(T(a)); }); }
#define UNARY_(f) API bool ts_##f##_(H a) { return run([&] { at::f##_(T(a)); }); }
#define BOTH(f) UNARY(f) UNARY_(f)
BOTH(abs) BOTH(acos) BOTH(acosh) BOTH(asin) BOTH(asinh) BOTH(atan) BOTH(atanh) BOTH(ceil) BOTH(cos) BOTH(cosh)
BOTH(deg2rad) BOTH(erf) BOTH(erfc) BOTH(exp) BOTH(exp2) BOTH(expm1) BOTH(floor) BOTH(frac) BOTH(log) BOTH(log10)
BOTH(log1p) BOTH(log2) BOTH(neg) BOTH(rad2deg) BOTH(reciprocal) BOTH(relu) BOTH(relu6) BOTH(rsqrt) BOTH(selu) BOTH(sigmoid) BOTH(silu)
BOTH(mish) BOTH(hardswish) BOTH(hardsigmoid) BOTH(sin) BOTH(sinc) BOTH(sinh) BOTH(sqrt) UNARY(square) BOTH(tan) BOTH(tanh) BOTH(trunc)
UNARY(digamma) UNARY(erfinv) UNARY(lgamma) UNARY(sign) UNARY(sgn) UNARY(logical_not) UNARY(bitwise_not)
UNARY(isnan) UNARY(isinf) UNARY(isfinite) UNARY(isposinf) UNARY(isneginf) UNARY(signbit) UNARY(log_sigmoid)
UNARY(nonzero) UNARY(t) UNARY(inverse) UNARY(det) UNARY(trace) UNARY(alias) UNARY(clone)
#define METHOD_(f) API bool ts_##f##_(H a) { return run([&] { T(a).f##_(); }); }
METHOD_(digamma) METHOD_(erfinv) METHOD_(lgamma) METHOD_(sign) METHOD_(sgn) METHOD_(logical_not) METHOD_(bitwise_not) METHOD_(zero)
API H ts_contiguous(H a) { return make([&] { return T(a).contiguous(); }); }
API H ts_cpu(H a) { return make([&] { return T(a).cpu(); }); }
API H ts_round(H a, int64_t decimals) { return make([&] { return decimals ? at::round(T(a), decimals) : at::round(T(a)); }); }
API bool ts_round_(H a, int64_t decimals) { return run([&] { decimals ? at::round_(T(a), decimals) : at::round_(T(a)); }); }
API H ts_gelu(H a, bool tanh) { return make([&] { return at::gelu(T(a), tanh ? "tanh" : "none"); }); }
API bool ts_gelu_(H a, bool tanh) { return run([&] { at::gelu_(T(a), tanh ? "tanh" : "none"); }); }
API H ts_nan_to_num(H a, double nan, S pos, S neg) {
    return make([&] {
        auto number = [](S s) { return s.type == 3 ? c10::optional<double>() : c10::optional<double>(at::Scalar(s).toDouble()); };
        return at::nan_to_num(T(a), nan, number(pos), number(neg));
    });
}
API H ts_leaky_relu(H a, S slope) { return make([&] { return at::leaky_relu(T(a), slope); }); }
API bool ts_leaky_relu_(H a, S slope) { return run([&] { at::leaky_relu_(T(a), slope); }); }
API H ts_elu(H a, S alpha, S scale, S input_scale) { return make([&] { return at::elu(T(a), alpha, scale, input_scale); }); }
API bool ts_elu_(H a, S alpha, S scale, S input_scale) { return run([&] { at::elu_(T(a), alpha, scale, input_scale); }); }
API H ts_softplus(H a, double beta, double threshold) { return make([&] { return at::softplus(T(a), beta, threshold); }); }
API H ts_hardtanh(H a, S lo, S hi) { return make([&] { return at::hardtanh(T(a), lo, hi); }); }
API bool ts_hardtanh_(H a, S lo, S hi) { return run([&] { at::hardtanh_(T(a), lo, hi); }); }
API H ts_glu(H a, int64_t dim) { return make([&] { return at::glu(T(a), dim); }); }
API H ts_softmax(H a, int64_t dim, int32_t dtype) { return make([&] { return at::softmax(T(a), dim, D(dtype)); }); }
API H ts_log_softmax(H a, int64_t dim, int32_t dtype) { return make([&] { return at::log_softmax(T(a), dim, D(dtype)); }); }
API H ts_logit(H a, S eps) { return make([&] { return at::logit(T(a), eps.type == 3 ? c10::optional<double>() : c10::optional<double>(at::Scalar(eps).toDouble())); }); }

// ---- two tensors
#define BINARY(f) API H ts_##f(H a, H b) { return make([&] { return at::f(T(a), T(b)); }); }
#define BINARY_(f) API bool ts_##f##_(H a, H b) { return run([&] { T(a).f##_(T(b)); }); }
#define BINARY2(f) BINARY(f) BINARY_(f)
BINARY2(mul) BINARY2(pow) BINARY2(remainder) BINARY2(fmod) BINARY2(atan2) BINARY2(floor_divide) BINARY2(copysign) BINARY(hypot)
BINARY2(eq) BINARY2(ne) BINARY2(lt) BINARY2(le) BINARY2(gt) BINARY2(ge) BINARY2(logical_and) BINARY2(logical_or) BINARY2(logical_xor)
BINARY2(bitwise_and) BINARY2(bitwise_or) BINARY2(bitwise_xor) BINARY(xlogy)
BINARY(maximum) BINARY(minimum) BINARY(fmax) BINARY(fmin) BINARY(logaddexp) BINARY(matmul) BINARY(mm) BINARY(bmm) BINARY(mv) BINARY(dot)
BINARY(outer) BINARY(inner) BINARY(kron) BINARY(masked_select) BINARY(take) BINARY(prelu)
API H ts_add(H a, H b, S alpha) { return make([&] { return at::add(T(a), T(b), alpha); }); }
API bool ts_add_(H a, H b, S alpha) { return run([&] { T(a).add_(T(b), alpha); }); }
API H ts_sub(H a, H b) { return make([&] { return at::sub(T(a), T(b)); }); }
API bool ts_sub_(H a, H b) { return run([&] { T(a).sub_(T(b)); }); }
static c10::optional<c10::string_view> rounding(int32_t mode) {
    return mode == 0 ? c10::nullopt : c10::optional<c10::string_view>(mode == 1 ? "trunc" : "floor");
}
API H ts_div(H a, H b, int32_t mode) { return make([&] { return at::div(T(a), T(b), rounding(mode)); }); }
API bool ts_div_(H a, H b, int32_t mode) { return run([&] { T(a).div_(T(b), rounding(mode)); }); }
API bool ts_set_(H a, H source) { return run([&] { T(a).set_(T(source)); }); }
API bool ts_copy_(H a, H b, bool non_blocking) { return run([&] { T(a).copy_(T(b), non_blocking); }); }
API H ts_isclose(H a, H b, double rtol, double atol, bool equal_nan) { return make([&] { return at::isclose(T(a), T(b), rtol, atol, equal_nan); }); }
API H ts_dist(H a, H b, double p) { return make([&] { return at::dist(T(a), T(b), p); }); }

// ---- a tensor and a number
#define SCALAR(f) API H ts_##f##_scalar(H a, S b) { return make([&] { return at::f(T(a), at::Scalar(b)); }); }
#define SCALAR_(f) API bool ts_##f##_scalar_(H a, S b) { return run([&] { T(a).f##_(at::Scalar(b)); }); }
#define SCALAR2(f) SCALAR(f) SCALAR_(f)
SCALAR2(mul) SCALAR2(sub) SCALAR2(pow) SCALAR2(remainder) SCALAR2(fmod) SCALAR2(eq) SCALAR2(ne) SCALAR2(lt) SCALAR2(le) SCALAR2(gt) SCALAR2(ge)
SCALAR2(clamp_min) SCALAR2(clamp_max) SCALAR2(floor_divide) SCALAR(xlogy)
API H ts_add_scalar(H a, S b, S alpha) { return make([&] { return at::add(T(a), at::Scalar(b), alpha); }); }
API bool ts_add_scalar_(H a, S b, S alpha) { return run([&] { T(a).add_(at::Scalar(b), alpha); }); }
API H ts_rsub_scalar(H a, S b) { return make([&] { return at::rsub(T(a), at::Scalar(b)); }); }
API H ts_rdiv_scalar(H a, S b) { return make([&] { return at::mul(at::reciprocal(T(a)), at::Scalar(b)); }); }
API H ts_div_scalar(H a, S b, int32_t mode) { return make([&] { return at::div(T(a), at::Scalar(b), rounding(mode)); }); }
API bool ts_div_scalar_(H a, S b, int32_t mode) { return run([&] { T(a).div_(at::Scalar(b), rounding(mode)); }); }
API bool ts_fill_(H a, S v) { return run([&] { T(a).fill_(at::Scalar(v)); }); }
API H ts_clamp(H a, S lo, S hi) { return make([&] { return at::clamp(T(a), lo.optional(), hi.optional()); }); }
API bool ts_clamp_(H a, S lo, S hi) { return run([&] { T(a).clamp_(lo.optional(), hi.optional()); }); }
API H ts_clamp_tensor(H a, H lo, H hi) { return make([&] { return at::clamp(T(a), O(lo), O(hi)); }); }
API bool ts_clamp_tensor_(H a, H lo, H hi) { return run([&] { T(a).clamp_(O(lo), O(hi)); }); }

// ---- three tensors
API H ts_addcmul(H a, H b, H c, S v) { return make([&] { return at::addcmul(T(a), T(b), T(c), v); }); }
API bool ts_addcmul_(H a, H b, H c, S v) { return run([&] { T(a).addcmul_(T(b), T(c), v); }); }
API H ts_addcdiv(H a, H b, H c, S v) { return make([&] { return at::addcdiv(T(a), T(b), T(c), v); }); }
API bool ts_addcdiv_(H a, H b, H c, S v) { return run([&] { T(a).addcdiv_(T(b), T(c), v); }); }
API H ts_lerp(H a, H end, H weight) { return make([&] { return at::lerp(T(a), T(end), T(weight)); }); }
API bool ts_lerp_(H a, H end, H weight) { return run([&] { T(a).lerp_(T(end), T(weight)); }); }
API H ts_where(H cond, H a, H b) { return make([&] { return at::where(T(cond), T(a), T(b)); }); }
API H ts_masked_fill(H a, H mask, S v) { return make([&] { return at::masked_fill(T(a), T(mask), at::Scalar(v)); }); }
API bool ts_masked_fill_(H a, H mask, S v) { return run([&] { T(a).masked_fill_(T(mask), at::Scalar(v)); }); }
API H ts_masked_scatter(H a, H mask, H v) { return make([&] { return at::masked_scatter(T(a), T(mask), T(v)); }); }
#define GEMM(f) \
    API H ts_##f(H a, H b, H c, double beta, double alpha) { return make([&] { return at::f(T(a), T(b), T(c), beta, alpha); }); } \
    API bool ts_##f##_(H a, H b, H c, double beta, double alpha) { return run([&] { T(a).f##_(T(b), T(c), beta, alpha); }); }
GEMM(addmm) GEMM(addmv) GEMM(baddbmm) GEMM(addbmm) GEMM(addr)
API H ts_einsum(const char* equation, L list) { return make([&] { return at::einsum(equation, list.tensors()); }); }
API H ts_tensordot(H a, H b, I dims_a, I dims_b) { return make([&] { return at::tensordot(T(a), T(b), dims_a, dims_b); }); }

// ---- reductions
#define WHOLE(f) API H ts_##f(H a) { return make([&] { return at::f(T(a)); }); }
WHOLE(all) WHOLE(any) WHOLE(max) WHOLE(min) WHOLE(median)
API H ts_sum(H a, int32_t dtype) { return make([&] { return at::sum(T(a), D(dtype)); }); }
API H ts_sum_dims(H a, I dims, bool keep, int32_t dtype) { return make([&] { return at::sum(T(a), at::IntArrayRef(dims), keep, D(dtype)); }); }
API H ts_mean(H a) { return make([&] { return at::mean(T(a)); }); }
API H ts_mean_dims(H a, I dims, bool keep, int32_t dtype) { return make([&] { return at::mean(T(a), at::IntArrayRef(dims), keep, D(dtype)); }); }
API H ts_prod(H a, int32_t dtype) { return make([&] { return at::prod(T(a), D(dtype)); }); }
API H ts_prod_dim(H a, int64_t dim, bool keep, int32_t dtype) { return make([&] { return at::prod(T(a), dim, keep, D(dtype)); }); }
API H ts_nansum(H a) { return make([&] { return at::nansum(T(a)); }); }
API H ts_std(H a, bool unbiased) { return make([&] { return at::std(T(a), unbiased); }); }
API H ts_std_dims(H a, I dims, bool unbiased, bool keep) { return make([&] { return at::std(T(a), at::IntArrayRef(dims), unbiased, keep); }); }
API H ts_var(H a, bool unbiased) { return make([&] { return at::var(T(a), unbiased); }); }
API H ts_var_dims(H a, I dims, bool unbiased, bool keep) { return make([&] { return at::var(T(a), at::IntArrayRef(dims), unbiased, keep); }); }
API bool ts_std_mean(H a, I dims, bool unbiased, bool keep, H* out) { return make2(out, [&] { return dims.length ? at::std_mean(T(a), at::IntArrayRef(dims), unbiased, keep) : at::std_mean(T(a), unbiased); }); }
API bool ts_var_mean(H a, I dims, bool unbiased, bool keep, H* out) { return make2(out, [&] { return dims.length ? at::var_mean(T(a), at::IntArrayRef(dims), unbiased, keep) : at::var_mean(T(a), unbiased); }); }
API H ts_all_dim(H a, int64_t dim, bool keep) { return make([&] { return at::all(T(a), dim, keep); }); }
API H ts_any_dim(H a, int64_t dim, bool keep) { return make([&] { return at::any(T(a), dim, keep); }); }
API H ts_amax(H a, I dims, bool keep) { return make([&] { return at::amax(T(a), dims, keep); }); }
API H ts_amin(H a, I dims, bool keep) { return make([&] { return at::amin(T(a), dims, keep); }); }
API bool ts_max_dim(H a, int64_t dim, bool keep, H* out) { return make2(out, [&] { return at::max(T(a), dim, keep); }); }
API bool ts_min_dim(H a, int64_t dim, bool keep, H* out) { return make2(out, [&] { return at::min(T(a), dim, keep); }); }
API H ts_argmax(H a) { return make([&] { return at::argmax(T(a)); }); }
API H ts_argmax_dim(H a, int64_t dim, bool keep) { return make([&] { return at::argmax(T(a), dim, keep); }); }
API H ts_argmin(H a) { return make([&] { return at::argmin(T(a)); }); }
API H ts_argmin_dim(H a, int64_t dim, bool keep) { return make([&] { return at::argmin(T(a), dim, keep); }); }
API H ts_logsumexp(H a, int64_t dim, bool keep) { return make([&] { return at::logsumexp(T(a), dim, keep); }); }
API H ts_cumsum(H a, int64_t dim, int32_t dtype) { return make([&] { return at::cumsum(T(a), dim, D(dtype)); }); }
API H ts_cumprod(H a, int64_t dim, int32_t dtype) { return make([&] { return at::cumprod(T(a), dim, D(dtype)); }); }
API bool ts_cummax(H a, int64_t dim, H* out) { return make2(out, [&] { return at::cummax(T(a), dim); }); }
API bool ts_cummin(H a, int64_t dim, H* out) { return make2(out, [&] { return at::cummin(T(a), dim); }); }
API H ts_norm(H a, double p) { return make([&] { return at::norm(T(a), p); }); }
API H ts_norm_dim(H a, double p, int64_t dim, bool keep) { return make([&] { return at::norm(T(a), p, dim, keep); }); }
API H ts_count_nonzero(H a, I dims) { return make([&] { return dims.length ? at::count_nonzero(T(a), at::IntArrayRef(dims)) : at::count_nonzero(T(a)); }); }
API H ts_bincount(H a, H weights, int64_t minlength) { return make([&] { return at::bincount(T(a), O(weights), minlength); }); }
API H ts_quantile(H a, H q, S dim, bool keep) { return make([&] { return at::quantile(T(a), T(q), dim.type == 3 ? c10::optional<int64_t>() : c10::optional<int64_t>(dim.bits), keep); }); }
API bool ts_aminmax(H a, S dim, bool keep, H* out) { return make2(out, [&] { return at::aminmax(T(a), dim.type == 3 ? c10::optional<int64_t>() : c10::optional<int64_t>(dim.bits), keep); }); }
API bool ts_topk(H a, int64_t k, int64_t dim, bool largest, bool sorted, H* out) { return make2(out, [&] { return at::topk(T(a), k, dim, largest, sorted); }); }
API bool ts_kthvalue(H a, int64_t k, int64_t dim, bool keep, H* out) { return make2(out, [&] { return at::kthvalue(T(a), k, dim, keep); }); }
API bool ts_sort(H a, int64_t dim, bool descending, bool stable, H* out) { return make2(out, [&] { return at::sort(T(a), stable, dim, descending); }); }
API H ts_argsort(H a, int64_t dim, bool descending) { return make([&] { return at::argsort(T(a), dim, descending); }); }
API bool ts_unique(H a, bool sorted, bool inverse, bool counts, H* out) { return make3(out, [&] { return at::_unique2(T(a), sorted, inverse, counts); }); }
API bool ts_unique_dim(H a, int64_t dim, bool sorted, bool inverse, bool counts, H* out) { return make3(out, [&] { return at::unique_dim(T(a), dim, sorted, inverse, counts); }); }
API H ts_bucketize(H a, H boundaries, bool int32, bool right) { return make([&] { return at::bucketize(T(a), T(boundaries), int32, right); }); }
API H ts_searchsorted(H sequence, H values, bool int32, bool right) { return make([&] { return at::searchsorted(T(sequence), T(values), int32, right); }); }
API H ts_histc(H a, int64_t bins, int64_t min, int64_t max) { return make([&] { return at::histc(T(a), bins, min, max); }); }

// ---- shape
#define DIMS(f) API H ts_##f(H a, I dims) { return make([&] { return T(a).f(at::IntArrayRef(dims)); }); }
DIMS(view) DIMS(reshape) DIMS(permute) DIMS(repeat) DIMS(tile) DIMS(flip)
API H ts_expand(H a, I size, bool is_implicit) { return make([&] { return T(a).expand(at::IntArrayRef(size), is_implicit); }); }
API H ts_transpose(H a, int64_t i, int64_t j) { return make([&] { return at::transpose(T(a), i, j); }); }
API bool ts_transpose_(H a, int64_t i, int64_t j) { return run([&] { T(a).transpose_(i, j); }); }
API H ts_movedim(H a, I from, I to) { return make([&] { return at::movedim(T(a), at::IntArrayRef(from), at::IntArrayRef(to)); }); }
API H ts_squeeze(H a) { return make([&] { return at::squeeze(T(a)); }); }
API H ts_squeeze_dim(H a, int64_t dim) { return make([&] { return at::squeeze(T(a), dim); }); }
API bool ts_squeeze_(H a) { return run([&] { T(a).squeeze_(); }); }
API bool ts_squeeze_dim_(H a, int64_t dim) { return run([&] { T(a).squeeze_(dim); }); }
API H ts_unsqueeze(H a, int64_t dim) { return make([&] { return at::unsqueeze(T(a), dim); }); }
API bool ts_unsqueeze_(H a, int64_t dim) { return run([&] { T(a).unsqueeze_(dim); }); }
API H ts_flatten(H a, int64_t start, int64_t end) { return make([&] { return at::flatten(T(a), start, end); }); }
API H ts_unflatten(H a, int64_t dim, I size) { return make([&] { return T(a).unflatten(dim, at::IntArrayRef(size)); }); }
API H ts_narrow(H a, int64_t dim, int64_t start, int64_t length) { return make([&] { return at::narrow(T(a), dim, start, length); }); }
API H ts_slice(H a, int64_t dim, int64_t start, int64_t end, int64_t step) { return make([&] { return at::slice(T(a), dim, start, end, step); }); }
API H ts_select(H a, int64_t dim, int64_t i) { return make([&] { return at::select(T(a), dim, i); }); }
API H ts_unfold(H a, int64_t dim, int64_t size, int64_t step) { return make([&] { return T(a).unfold(dim, size, step); }); }
API H ts_as_strided(H a, I size, I strides, int64_t offset) { return make([&] { return at::as_strided(T(a), size, strides, offset); }); }
API H ts_index_select(H a, int64_t dim, H index) { return make([&] { return at::index_select(T(a), dim, T(index)); }); }
API H ts_gather(H a, int64_t dim, H index) { return make([&] { return at::gather(T(a), dim, T(index)); }); }
#define SCATTER(f) \
    API H ts_##f(H a, int64_t dim, H index, H src) { return make([&] { return at::f(T(a), dim, T(index), T(src)); }); } \
    API bool ts_##f##_(H a, int64_t dim, H index, H src) { return run([&] { T(a).f##_(dim, T(index), T(src)); }); }
SCATTER(scatter) SCATTER(scatter_add) SCATTER(index_copy)
API H ts_index_add(H a, int64_t dim, H index, H src, S alpha) { return make([&] { return at::index_add(T(a), dim, T(index), T(src), alpha); }); }
API bool ts_index_add_(H a, int64_t dim, H index, H src, S alpha) { return run([&] { T(a).index_add_(dim, T(index), T(src), alpha); }); }
API H ts_index_fill(H a, int64_t dim, H index, S v) { return make([&] { return at::index_fill(T(a), dim, T(index), at::Scalar(v)); }); }
API bool ts_index_fill_(H a, int64_t dim, H index, S v) { return run([&] { T(a).index_fill_(dim, T(index), at::Scalar(v)); }); }
API H ts_diag(H a, int64_t k) { return make([&] { return at::diag(T(a), k); }); }
API H ts_diagonal(H a, int64_t k, int64_t i, int64_t j) { return make([&] { return at::diagonal(T(a), k, i, j); }); }
API H ts_tril(H a, int64_t k) { return make([&] { return at::tril(T(a), k); }); }
API H ts_triu(H a, int64_t k) { return make([&] { return at::triu(T(a), k); }); }
API H ts_roll(H a, I shifts, I dims) { return make([&] { return at::roll(T(a), shifts, dims); }); }
API H ts_repeat_interleave(H a, int64_t n, S dim) { return make([&] { return at::repeat_interleave(T(a), n, dim.type == 3 ? c10::optional<int64_t>() : c10::optional<int64_t>(dim.bits)); }); }
API H ts_cat(L list, int64_t dim) { return make([&] { return at::cat(list.tensors(), dim); }); }
API H ts_stack(L list, int64_t dim) { return make([&] { return at::stack(list.tensors(), dim); }); }
API H* ts_split(H a, int64_t size, int64_t dim, int64_t* n) { return make_list(n, [&] { return at::split(T(a), size, dim); }); }
API H* ts_split_sizes(H a, I sizes, int64_t dim, int64_t* n) { return make_list(n, [&] { return at::split_with_sizes(T(a), sizes, dim); }); }
API H* ts_chunk(H a, int64_t chunks, int64_t dim, int64_t* n) { return make_list(n, [&] { return at::chunk(T(a), chunks, dim); }); }
API H* ts_unbind(H a, int64_t dim, int64_t* n) { return make_list(n, [&] { return at::unbind(T(a), dim); }); }
API H* ts_meshgrid(L list, const char* indexing, int64_t* n) { return make_list(n, [&] { return at::meshgrid(list.tensors(), indexing); }); }
API H* ts_broadcast_tensors(L list, int64_t* n) { return make_list(n, [&] { return at::broadcast_tensors(list.tensors()); }); }

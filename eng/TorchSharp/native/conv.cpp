// Convolutions, pooling and padding.
#include "shim.h"

API H ts_conv1d(H x, H w, H b, int64_t stride, int64_t padding, int64_t dilation, int64_t groups) {
    return make([&] { return at::conv1d(T(x), T(w), O(b), stride, padding, dilation, groups); });
}
API H ts_conv2d(H x, H w, H b, I stride, I padding, I dilation, int64_t groups) {
    return make([&] { return at::conv2d(T(x), T(w), O(b), at::IntArrayRef(stride), at::IntArrayRef(padding), at::IntArrayRef(dilation), groups); });
}
API H ts_max_pool2d(H x, I size, I stride, I padding, I dilation, bool ceil) {
    return make([&] { return at::max_pool2d(T(x), size, stride, padding, dilation, ceil); });
}
API H ts_avg_pool2d(H x, I size, I stride, I padding, bool ceil, bool count_padding, S divisor) {
    return make([&] {
        return at::avg_pool2d(T(x), size, stride, padding, ceil, count_padding, divisor.type == 3 ? c10::optional<int64_t>() : c10::optional<int64_t>(divisor.bits));
    });
}
API H ts_pad(H x, I pad, const char* mode, double value) {
    return make([&] { return at::pad(T(x), at::IntArrayRef(pad), mode, value == 0 ? c10::nullopt : c10::optional<double>(value)); });
}

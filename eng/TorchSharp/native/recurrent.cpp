// Recurrent layers beside those in nn.cpp.
#include "shim.h"

API bool ts_gru(H x, H h, L params, bool bias, int64_t layers, double dropout, bool training, bool bidirectional, bool batch_first, H* out) {
    return make2(out, [&] { return at::gru(T(x), T(h), params.tensors(), bias, layers, dropout, training, bidirectional, batch_first); });
}

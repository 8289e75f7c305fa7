// What torch.nn.functional needs.
#include "shim.h"

API H ts_linear(H x, H w, H b) { return make([&] { return at::linear(T(x), T(w), O(b)); }); }
API H ts_dropout(H x, double p, bool training) { return make([&] { return at::dropout(T(x), p, training); }); }
API bool ts_dropout_(H x, double p, bool training) { return run([&] { at::dropout_(T(x), p, training); }); }
API H ts_alpha_dropout(H x, double p, bool training) { return make([&] { return at::alpha_dropout(T(x), p, training); }); }
API H ts_layer_norm(H x, I shape, H w, H b, double eps) {
    return make([&] { return at::layer_norm(T(x), shape, O(w), O(b), eps, at::globalContext().userEnabledCuDNN()); });
}
API H ts_group_norm(H x, int64_t groups, H w, H b, double eps) {
    return make([&] { return at::group_norm(T(x), groups, O(w), O(b), eps, at::globalContext().userEnabledCuDNN()); });
}
API H ts_batch_norm(H x, H w, H b, H mean, H var, bool training, double momentum, double eps) {
    return make([&] { return at::batch_norm(T(x), O(w), O(b), O(mean), O(var), training, momentum, eps, false); });
}
API H ts_embedding(H w, H index, int64_t padding, bool scale, bool sparse) { return make([&] { return at::embedding(T(w), T(index), padding, scale, sparse); }); }
API bool ts_embedding_renorm_(H w, H index, double max_norm, double norm_type) { return run([&] { at::embedding_renorm_(T(w), T(index), max_norm, norm_type); }); }
API H ts_one_hot(H x, int64_t classes) { return make([&] { return at::one_hot(T(x), classes); }); }
API bool ts_lstm_cell(H x, H h, H c, H wih, H whh, H bih, H bhh, H* out) {
    return make2(out, [&] {
        std::vector<Tensor> state{T(h), T(c)};
        return at::lstm_cell(T(x), state, T(wih), T(whh), O(bih), O(bhh));
    });
}
API bool ts_lstm(H x, H h, H c, L params, bool bias, int64_t layers, double dropout, bool training, bool bidirectional, bool batch_first, H* out) {
    return make3(out, [&] {
        std::vector<Tensor> state{T(h), T(c)};
        return at::lstm(T(x), state, params.tensors(), bias, layers, dropout, training, bidirectional, batch_first);
    });
}

API H ts_cross_entropy(H x, H y, H w, int64_t ignore, int64_t reduction, double smoothing) {
    return make([&] { return at::cross_entropy_loss(T(x), T(y), O(w), reduction, ignore, smoothing); });
}
API H ts_nll_loss(H x, H y, H w, int64_t reduction, int64_t ignore) { return make([&] { return at::nll_loss_nd(T(x), T(y), O(w), reduction, ignore); }); }
API H ts_bce(H x, H y, H w, int64_t reduction) { return make([&] { return at::binary_cross_entropy(T(x), T(y), O(w), reduction); }); }
API H ts_bce_logits(H x, H y, H w, H pos, int64_t reduction) {
    return make([&] { return at::binary_cross_entropy_with_logits(T(x), T(y), O(w), O(pos), reduction); });
}
API H ts_mse_loss(H x, H y, int64_t reduction) { return make([&] { return at::mse_loss(T(x), T(y), reduction); }); }
API H ts_l1_loss(H x, H y, int64_t reduction) { return make([&] { return at::l1_loss(T(x), T(y), reduction); }); }
API H ts_smooth_l1_loss(H x, H y, int64_t reduction, double beta) { return make([&] { return at::smooth_l1_loss(T(x), T(y), reduction, beta); }); }
API H ts_huber_loss(H x, H y, double delta, int64_t reduction) { return make([&] { return at::huber_loss(T(x), T(y), reduction, delta); }); }
API H ts_kl_div(H x, H y, int64_t reduction, bool log_target) { return make([&] { return at::kl_div(T(x), T(y), reduction, log_target); }); }

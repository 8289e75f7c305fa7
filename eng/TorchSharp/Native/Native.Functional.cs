using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>What torch.nn.functional needs: native/nn.cpp.</summary>
internal static unsafe partial class Native
{
    [DllImport(Library)] internal static extern nint ts_linear(nint x, nint w, nint b);
    [DllImport(Library)] internal static extern nint ts_dropout(nint x, double p, bool training);
    [DllImport(Library)] internal static extern bool ts_dropout_(nint x, double p, bool training);
    [DllImport(Library)] internal static extern nint ts_alpha_dropout(nint x, double p, bool training);
    [DllImport(Library)] internal static extern nint ts_layer_norm(nint x, NativeLongs shape, nint w, nint b, double eps);
    [DllImport(Library)] internal static extern nint ts_group_norm(nint x, long groups, nint w, nint b, double eps);
    [DllImport(Library)] internal static extern nint ts_batch_norm(nint x, nint w, nint b, nint mean, nint var, bool training, double momentum, double eps);
    [DllImport(Library)] internal static extern nint ts_embedding(nint w, nint index, long padding, bool scale, bool sparse);
    [DllImport(Library)] internal static extern bool ts_embedding_renorm_(nint w, nint index, double max_norm, double norm_type);
    [DllImport(Library)] internal static extern nint ts_one_hot(nint x, long classes);
    [DllImport(Library)] internal static extern bool ts_lstm_cell(nint x, nint h, nint c, nint wih, nint whh, nint bih, nint bhh, nint* @out);
    [DllImport(Library)] internal static extern bool ts_lstm(nint x, nint h, nint c, NativeHandles @params, bool bias, long layers, double dropout, bool training, bool bidirectional, bool batch_first, nint* @out);
    [DllImport(Library)] internal static extern nint ts_cross_entropy(nint x, nint y, nint w, long ignore, long reduction, double smoothing);
    [DllImport(Library)] internal static extern nint ts_nll_loss(nint x, nint y, nint w, long reduction, long ignore);
    [DllImport(Library)] internal static extern nint ts_bce(nint x, nint y, nint w, long reduction);
    [DllImport(Library)] internal static extern nint ts_bce_logits(nint x, nint y, nint w, nint pos, long reduction);
    [DllImport(Library)] internal static extern nint ts_mse_loss(nint x, nint y, long reduction);
    [DllImport(Library)] internal static extern nint ts_l1_loss(nint x, nint y, long reduction);
    [DllImport(Library)] internal static extern nint ts_smooth_l1_loss(nint x, nint y, long reduction, double beta);
    [DllImport(Library)] internal static extern nint ts_huber_loss(nint x, nint y, double delta, long reduction);
    [DllImport(Library)] internal static extern nint ts_kl_div(nint x, nint y, long reduction, bool log_target);
}

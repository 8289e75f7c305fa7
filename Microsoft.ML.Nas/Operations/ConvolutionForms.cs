using System.Collections.Concurrent;
using Microsoft.ML.Nas.Operations.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Operations;

/// <summary>
/// Chooses the form that each convolution is computed in. Forms differ in the last digits, so that the choice is a fixed rule by default. Where
/// the clock has a say anyway, all forms are measured when a convolution is first met, and the quickest is kept.
/// </summary>
/// <param name="known">What was chosen before, by convolution.</param>
/// <param name="remember">Takes a convolution and what measures it, and gives the form to use: that of an earlier call where there was one. Null: nothing is measured.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class ConvolutionForms(IReadOnlyDictionary<string, string> known, Func<string, Func<string>, string>? remember, TimeProvider clock)
{
    private const int MaxExamples = 16;
    private const int Rounds = 3;

    /// <summary>How much of the usual form's time another one may take at most to displace it: less of a gain may be noise.</summary>
    private const double Worthwhile = 0.85;

    private static readonly AsyncLocal<ConvolutionForms?> Current = new();
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, string> _measured = new();
    private readonly ConcurrentDictionary<ConvolutionKey, ConvolutionForm> _chosen = new();

    /// <summary>The forms that were chosen, before or now, by convolution.</summary>
    public IReadOnlyDictionary<string, string> Chosen => new SortedDictionary<string, string>(known.Concat(_measured).ToDictionary(), StringComparer.Ordinal);

    /// <summary>Lets this choose in the caller's flow of control until the result is disposed.</summary>
    public IDisposable Use()
    {
        var scope = new Scope(Current.Value);
        Current.Value = this;
        return scope;
    }

    /// <summary>The form to compute a convolution in.</summary>
    public static ConvolutionForm Of(Tensor input, Tensor weight, ConvolutionWindow window, long groups)
    {
        var key = ConvolutionKey.Of(input, weight, window, groups);
        var form = Current.Value is { } forms ? forms.Choose(key, input, weight) : Usual(key);
        return form == ConvolutionForm.Direct && !TensorMemory.Reaches(input.numel()) ? ConvolutionForm.ChannelsLast : form;
    }

    /// <summary>
    /// The form that is quickest as a rule. On CPUs channels are best last: a NAS-Bench-201 network of 8 to 32 channels trains 1.7 times as fast, and what
    /// follows a convolution keeps the order, so that mostly nothing is copied. LibTorch is quick at small depthwise windows, and two to ten times
    /// slower than <see cref="DepthwiseFunction"/> at larger and dilated ones.
    /// </summary>
    public static ConvolutionForm Usual(ConvolutionKey key)
    {
        if (key.Device != DeviceType.CPU) return ConvolutionForm.ChannelsFirst;
        var taps = key.Window.Height * key.Window.Width;
        return HasDirect(key) && (taps > 9 || taps > 1 && key.Window.Dilation > 1) ? ConvolutionForm.Direct : ConvolutionForm.ChannelsLast;
    }

    private static bool HasDirect(ConvolutionKey key) =>
        key is { IsDepthwise: true, Device: DeviceType.CPU, Type: ScalarType.Float32 } && ChannelsLastWindow.Fits(key.Height, key.Width, key.Window);

    private ConvolutionForm Choose(ConvolutionKey key, Tensor input, Tensor weight)
    {
        if (_chosen.TryGetValue(key, out var chosen)) return chosen;
        lock (_gate)
        {
            if (_chosen.TryGetValue(key, out chosen)) return chosen;
            var name = key.ToString();
            var form = known.GetValueOrDefault(name);
            if (form is null && remember is not null) form = _measured[name] = remember(name, () => Measure(key, input, weight).ToString());
            // What is known comes from a file: a form that the convolution does not have would be another one's memory.
            var isForm = Enum.TryParse(form, out chosen) && Enum.IsDefined(chosen) && (chosen != ConvolutionForm.Direct || HasDirect(key));
            return _chosen[key] = isForm ? chosen : Usual(key);
        }
    }

    private ConvolutionForm Measure(ConvolutionKey key, Tensor input, Tensor weight)
    {
        using var scope = NewDisposeScope();
        using var gradientMode = enable_grad();
        Tensor[] variables = [weight.detach().requires_grad_(), input.narrow(0, 0, Math.Min(MaxExamples, input.shape[0])).detach().requires_grad_()];
        ConvolutionForm[] forms = [ConvolutionForm.ChannelsFirst, ConvolutionForm.ChannelsLast, .. HasDirect(key) ? [ConvolutionForm.Direct] : Array.Empty<ConvolutionForm>()];
        var times = new TimeSpan[forms.Length];
        Array.Fill(times, TimeSpan.MaxValue);
        for (var round = 0; round <= Rounds; round++)
        {
            for (var form = 0; form < forms.Length; form++)
            {
                var time = Time(forms[form]);
                if (round > 0 && time < times[form]) times[form] = time;
            }
        }
        var usual = Usual(key);
        var quickest = Array.IndexOf(times, times.Min());
        return times[quickest] < times[Array.IndexOf(forms, usual)] * Worthwhile ? forms[quickest] : usual;

        TimeSpan Time(ConvolutionForm form)
        {
            using var inner = NewDisposeScope();
            var since = clock.GetTimestamp();
            var output = Convolution.Apply(form, variables[1], variables[0], null, key.Window, key.Groups);
            var gradients = autograd.grad([output], variables, [output.detach()]);
            // Reading a value waits for a device that works on its own.
            gradients[0].sum().item<float>();
            return clock.GetElapsedTime(since);
        }
    }

    private sealed class Scope(ConvolutionForms? outer) : IDisposable
    {
        public void Dispose() => Current.Value = outer;
    }
}

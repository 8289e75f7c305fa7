using Microsoft.ML.Nas.Operations;
using Microsoft.ML.Nas.Operations.Kernels;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Operations.Kernels;

/// <summary>Depthwise convolutions against LibTorch's in double precision.</summary>
[TestClass]
public sealed class DepthwiseFunctionTests
{
    [TestMethod]
    [DataRow(8, 28, 28)]
    [DataRow(3, 7, 9)]
    [DataRow(2, 1, 1)]
    [DataRow(17, 2, 3)]
    [DataRow(5, 16, 33)]
    [DataRow(9, 19, 1)]
    [DataRow(8, 1, 12)]
    public void OutputsAndGradientsAreLibTorchs(int channels, int height, int width)
    {
        foreach (var (kernel, stride, dilation) in new[] { (1, 1, 1), (3, 1, 1), (5, 1, 1), (7, 1, 1), (3, 1, 2), (5, 1, 2), (3, 1, 3), (3, 2, 1), (5, 2, 1), (5, 2, 2), (3, 3, 1), (1, 2, 1) })
        {
            using var scope = NewDisposeScope();
            var window = ConvolutionWindow.Square(kernel, stride, dilation);
            var (images, weight) = Example(channels, height, width, kernel);
            var output = DepthwiseFunction.Convolve(images, weight, window);
            var (precise, preciseWeight) = (Double(images), Double(weight));
            var expected = LibTorch(precise, preciseWeight, window);
            CollectionAssert.AreEqual(expected.shape, output.shape);
            AssertClose(expected, output, $"{window}");

            var gradient = randn_like(output);
            var gradients = autograd.grad([output], [images, weight], [gradient]);
            var expectedGradients = autograd.grad([expected], [precise, preciseWeight], [gradient.to_type(ScalarType.Float64)]);
            AssertClose(expectedGradients[0], gradients[0], $"{window}, images");
            AssertClose(expectedGradients[1], gradients[1], $"{window}, weights");
        }
    }

    [TestMethod]
    public void WindowsNeedNotBeSquare()
    {
        using var scope = NewDisposeScope();
        foreach (var window in new[] { new ConvolutionWindow(5, 1), new ConvolutionWindow(1, 7, 1, 2), new ConvolutionWindow(3, 5, 2, 1, 2) })
        {
            manual_seed(1);
            var (images, weight) = (randn(2, 9, 6, 10).requires_grad_(), randn(9, 1, window.Height, window.Width).requires_grad_());
            var (precise, preciseWeight) = (Double(images), Double(weight));
            var (output, expected) = (DepthwiseFunction.Convolve(images, weight, window), LibTorch(precise, preciseWeight, window));
            AssertClose(expected, output, $"{window}");
            var (gradients, expectedGradients) = (autograd.grad([output.square().sum()], [images, weight]), autograd.grad([expected.square().sum()], [precise, preciseWeight]));
            for (var i = 0; i < 2; i++) AssertClose(expectedGradients[i], gradients[i], $"{window}, {i}");
        }
    }

    [TestMethod]
    public void AnyOrderInMemoryWillDoAndOnlyWhatIsAskedForIsComputed()
    {
        using var scope = NewDisposeScope();
        var window = ConvolutionWindow.Square(5);
        var (images, weight) = Example(6, 9, 8, 7);
        var middle = weight.narrow(2, 1, 5).narrow(3, 1, 5);
        var last = images.detach().permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).requires_grad_();
        var expected = LibTorch(Double(images), Double(middle), window);
        AssertClose(expected, DepthwiseFunction.Convolve(last, middle, window), "channels last");

        var toWeight = autograd.grad([DepthwiseFunction.Convolve(images.detach(), weight, ConvolutionWindow.Square(7))], [weight], [ones(images.shape)]);
        var toImages = autograd.grad([DepthwiseFunction.Convolve(images, weight.detach(), ConvolutionWindow.Square(7))], [images], [ones(images.shape)]);
        var both = autograd.grad([DepthwiseFunction.Convolve(images, weight, ConvolutionWindow.Square(7))], [weight, images], [ones(images.shape)]);
        Assert.IsTrue(toWeight[0].Equals(both[0]) && toImages[0].Equals(both[1]));
        using (no_grad()) AssertClose(expected, DepthwiseFunction.Convolve(images, middle, window), "without gradients");
    }

    [TestMethod]
    public void ThreadsChangeNothing()
    {
        var threads = get_num_threads();
        using var scope = NewDisposeScope();
        try
        {
            var (images, weight) = Example(5, 11, 13, 5);
            var results = new List<Tensor[]>();
            foreach (var count in new[] { 1, 2 })
            {
                set_num_threads(count);
                var output = DepthwiseFunction.Convolve(images, weight, ConvolutionWindow.Square(5));
                results.Add([output, .. autograd.grad([output], [images, weight], [output.detach()])]);
            }
            for (var i = 0; i < 3; i++) Assert.IsTrue(results[0][i].Equals(results[1][i]));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [TestMethod]
    public void GradientsHaveGradients()
    {
        using var scope = NewDisposeScope();
        var window = ConvolutionWindow.Square(5, stride: 2);
        var (images, weight) = Example(4, 8, 8, 5);
        var ours = Second(images, weight, DepthwiseFunction.Convolve(images, weight, window));
        var (precise, preciseWeight) = (Double(images), Double(weight));
        var expected = Second(precise, preciseWeight, LibTorch(precise, preciseWeight, window));
        for (var i = 0; i < 2; i++) AssertClose(expected[i], ours[i], $"{i}");

        static Tensor[] Second(Tensor images, Tensor weight, Tensor output)
        {
            var first = autograd.grad([output.square().sum()], [images, weight], create_graph: true, retain_graph: true);
            return [.. autograd.grad([Scalars.Sum(first[0].square().sum(), first[1].square().sum())], [images, weight])];
        }
    }

    private static (Tensor Images, Tensor Weight) Example(int channels, int height, int width, int kernel)
    {
        manual_seed(channels);
        return (randn(3, channels, height, width).requires_grad_(), randn(channels, 1, kernel, kernel).requires_grad_());
    }

    private static Tensor Double(Tensor tensor) => tensor.detach().to_type(ScalarType.Float64).requires_grad_();

    private static Tensor LibTorch(Tensor images, Tensor weight, ConvolutionWindow window) =>
        nn.functional.conv2d(images, weight, null, window.Strides, window.Padding, window.Dilations, weight.shape[0]);

    private static void AssertClose(Tensor expected, Tensor actual, string message) =>
        Assert.IsLessThan(1e-5, ((actual.to_type(ScalarType.Float64) - expected).abs().max() / expected.abs().max().clamp_min(1)).item<double>(), message);
}

using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Nas.Tests.Spaces;

/// <summary>
/// Counts a network's multiply-adds from its ONNX file with the Python package onnx: a count that shares no code with the library's.
/// </summary>
internal static class MacCount
{
    // A python3 found on the path may be another one, without Debian's packages.
    private const string Python = "/usr/bin/python3";

    /// <summary>For one example: products of convolutions, matrix products and recurrent layers; and the values that other nodes give.</summary>
    private const string Script = """
        import glob, sys
        import onnx
        from onnx import numpy_helper, shape_inference

        def count(graph, known):
            shapes = dict(known)
            for value in list(graph.input) + list(graph.value_info) + list(graph.output):
                if value.type.tensor_type.HasField("shape"):
                    shapes[value.name] = [d.dim_value or 1 for d in value.type.tensor_type.shape.dim]
            for tensor in graph.initializer: shapes[tensor.name] = list(tensor.dims)
            for node in graph.node:
                if node.op_type == "Constant": shapes[node.output[0]] = list(node.attribute[0].t.dims)
            def size(name):
                n = 1
                for d in shapes.get(name, []): n *= d
                return n
            products = others = 0
            for node in graph.node:
                out = size(node.output[0])
                if node.op_type == "Conv":
                    products += out * size(node.input[1]) // shapes[node.input[1]][0]
                elif node.op_type in ("MatMul", "Gemm"):
                    products += out * shapes[node.input[0]][-1]
                elif node.op_type in ("LSTM", "GRU"):
                    products += shapes[node.input[0]][0] * (size(node.input[1]) + size(node.input[2]))
                elif node.op_type == "Scan":
                    body = [a.g for a in node.attribute if a.name == "body"][0]
                    states = len(body.input) - [a.i for a in node.attribute if a.name == "num_scan_inputs"][0]
                    axes = [list(a.ints) for a in node.attribute if a.name == "scan_input_axes"] or [[0]]
                    steps = shapes[node.input[states]][axes[0][0]]
                    p, o = count(body, shapes)
                    products += steps * p
                    others += steps * o
                elif node.op_type not in ("Constant", "Shape", "Reshape", "Transpose", "Identity", "Flatten", "Unsqueeze", "Squeeze"):
                    others += max([out] + [size(name) for name in node.input if name])
            return products, others

        for path in sorted(glob.glob(sys.argv[1] + "/*.onnx")):
            model = onnx.load(path)
            for value in model.graph.input:
                for d in value.type.tensor_type.shape.dim:
                    if d.dim_param: d.dim_value = 1
            # The example's text fills its column, so that a cut to the longest text leaves all.
            constants = {t.name for t in model.graph.initializer} | {n.output[0] for n in model.graph.node if n.op_type == "Constant"}
            for node in model.graph.node:
                if node.op_type == "Slice" and node.input[2] not in constants:
                    node.op_type = "Identity"
                    del node.input[1:]
            for value in model.graph.output: value.type.tensor_type.ClearField("shape")
            print(*count(shape_inference.infer_shapes(model, data_prop=True).graph, {}))
        """;

    /// <summary>Whether Python and its package are there.</summary>
    public static bool IsAvailable => File.Exists(Python) && Run("import onnx", "").ExitCode == 0;

    /// <summary>For every ONNX file of a folder, in the order of their names, the products and the values that other nodes read or give.</summary>
    public static (long Products, long Others)[] Of(string folder)
    {
        var (exitCode, output, errors) = Run(Script, folder);
        if (exitCode != 0) throw new InvalidOperationException($"Counting failed: {errors}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')).Select(static parts =>
            (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture)))];
    }

    private static (int ExitCode, string Output, string Errors) Run(string script, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", script, argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}

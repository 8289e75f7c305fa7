using Microsoft.ML.Nas.Onnx;

namespace Samples.Tests.ServeOnnx;

/// <summary>Small models whose answers can be told by heart.</summary>
internal static class Models
{
    /// <summary>
    /// A binary model of one column of each kind. Score = age (100 where NaN) + 10 for Oslo, 20 for Zürich, -5 for "" + 1000 if member
    /// + 2·visits + 100000·segment + x + 2y + 4z (each 0.5 where NaN); "high" above 500, else "low"; Probability is the Score's sigmoid.
    /// </summary>
    public static OnnxModel Mixed()
    {
        var graph = new GraphBuilder();
        var age = graph.Input("age", ElementType.Float, "N", 1);
        var city = graph.Input("city", ElementType.String, "N", 1);
        var member = graph.Input("member", ElementType.Bool, "N", 1);
        var visits = graph.Input("visits", ElementType.Int64, "N", 1);
        var segment = graph.Input("segment", ElementType.UInt32, "N", 1);
        var point = graph.Input("point", ElementType.Float, "N", 3);

        var score = graph.Where(graph.IsNaN(age), graph.Constant(100f), age);
        score = graph.Add(score, graph.LabelEncoder(city, ["Oslo", "Zürich", ""], [10f, 20f, -5f], 0f));
        score = graph.Add(score, graph.Mul(graph.Cast(member, ElementType.Float), graph.Constant(1000f)));
        score = graph.Add(score, graph.Mul(graph.Cast(visits, ElementType.Float), graph.Constant(2f)));
        score = graph.Add(score, graph.Mul(graph.Cast(segment, ElementType.Float), graph.Constant(100_000f)));
        var known = graph.Where(graph.IsNaN(point), graph.Constant(0.5f), point);
        score = graph.Add(score, graph.MatMul(known, graph.Constant([1f, 2f, 4f], 3, 1)));

        graph.Output("PredictedLabel", graph.Where(graph.Greater(score, graph.Constant(500f)), graph.Constant("high"), graph.Constant("low")));
        graph.Output("Score", score);
        graph.Output("Probability", graph.Sigmoid(score));
        return graph.Build(new ModelMetadata
        {
            Documentation = "For tests.",
            Properties = new Dictionary<string, string> { ["architecture"] = """{"depth": 2}""", ["search"] = "abc123", ["note"] = "{not JSON" },
        });
    }

    /// <summary>Returns its one input under another name.</summary>
    public static OnnxModel Echo(ElementType type, params Dimension[] shape)
    {
        var graph = new GraphBuilder();
        graph.Output("same", graph.Identity(graph.Input("x", type, shape)));
        return graph.Build();
    }

    /// <summary>A regression model: Score = ln x, and nothing else.</summary>
    public static OnnxModel Logarithm()
    {
        var graph = new GraphBuilder();
        graph.Output("Score", graph.Log(graph.Input("x", ElementType.Float, "N", 1)));
        return graph.Build();
    }

    /// <summary>A multiclass model: Score is the softmax of "x" [N, 3], PredictedLabel [N] the number of the greatest.</summary>
    public static OnnxModel ThreeClasses()
    {
        var graph = new GraphBuilder();
        var x = graph.Input("x", ElementType.Double, "N", 3);
        graph.Output("PredictedLabel", graph.ArgMax(x, axis: 1, keepDims: false));
        graph.Output("Score", graph.Softmax(x));
        return graph.Build();
    }

    /// <summary>Looks "place" up in a table of two, and fails where there is no such place.</summary>
    public static OnnxModel Lookup()
    {
        var graph = new GraphBuilder();
        graph.Output("found", graph.Gather(graph.Constant([5f, 6f], 2), graph.Input("place", ElementType.Int64, "N", 1)));
        return graph.Build();
    }

    /// <summary>One value for all rows together.</summary>
    public static OnnxModel Sum()
    {
        var graph = new GraphBuilder();
        graph.Output("sum", graph.ReduceSum(graph.Input("x", ElementType.Float, "N", 1), [0]));
        return graph.Build();
    }
}

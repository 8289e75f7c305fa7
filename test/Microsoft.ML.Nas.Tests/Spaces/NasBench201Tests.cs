using System.Globalization;
using System.IO.Compression;
using Microsoft.ML.Nas.Networks;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas.Tests.Spaces;

[TestClass]
public sealed class NasBench201Tests
{
    private const int Classes = 10;

    /// <summary>The table counts the classifier's bias as multiply-adds too.</summary>
    private const int BiasOfClassifier = Classes;

    /// <summary>The table has five decimals.</summary>
    private const double HalfLastDigit = 5.1e-6;

    [TestMethod]
    public void The_space_has_the_published_size_and_edges()
    {
        var space = SearchSpaces.NasBench201();
        Assert.AreEqual(15_625, (int)space.Size);
        CollectionAssert.AreEqual(new[] { "none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3" }, space.Decisions[0].Labels.ToArray());
        Assert.AreEqual("|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|", NasBench201Notation.Format(space.Resolve(space.Default)));
    }

    [TestMethod]
    public void Costs_are_those_of_the_network()
    {
        var space = SearchSpaces.NasBench201();
        using var network = new Network(space.Resolve(space.Default).Tree, space.Input, Classes);
        Assert.AreEqual(network.parameters().Sum(static parameter => parameter.numel()), Network.CostOf(space.Resolve(space.Default), space.Input, Classes).Parameters);
    }

    /// <summary>Some rows of the benchmark's table.</summary>
    [TestMethod]
    [DataRow("|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|", 0.12931, 15.64737)]
    [DataRow("|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|", 0.80243, 113.95137)]
    [DataRow("|avg_pool_3x3~0|+|skip_connect~0|none~1|+|none~0|none~1|skip_connect~2|", 0.07331, 7.78305)]
    [DataRow("|nor_conv_1x1~0|+|none~0|nor_conv_1x1~1|+|none~0|nor_conv_1x1~1|nor_conv_1x1~2|", 0.18531, 23.51169)]
    public void Parameters_and_multiply_adds_are_the_benchmarks(string cell, double millionParameters, double millionMacs) =>
        Check(SearchSpaces.NasBench201(), cell, millionParameters, millionMacs);

    [TestMethod]
    public void Parameters_and_multiply_adds_equal_the_benchmarks_table_for_every_cell()
    {
        var table = SharedData.Find("nasbench201/nb201.csv.gz");
        if (table is null)
        {
            Assert.Inconclusive("../shared/data/nasbench201/nb201.csv.gz is not there; the rows in this file were checked.");
            return;
        }
        var space = SearchSpaces.NasBench201();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(table), CompressionMode.Decompress));
        var columns = reader.ReadLine()!.Split(',');
        var (cell, code, parameters, macs) = (Array.IndexOf(columns, "arch"), Array.IndexOf(columns, "code"), Array.IndexOf(columns, "params_M"), Array.IndexOf(columns, "macs_M"));
        var seen = new HashSet<Genotype>();
        while (reader.ReadLine() is { } line)
        {
            var row = line.Split(',');
            var genotype = Check(space, row[cell], double.Parse(row[parameters], CultureInfo.InvariantCulture), double.Parse(row[macs], CultureInfo.InvariantCulture));
            Assert.AreEqual(row[code], string.Concat(genotype.Indices));
            Assert.IsTrue(seen.Add(genotype), row[cell]);
        }
        Assert.HasCount(15_625, seen);
    }

    private static Genotype Check(SearchSpace space, string cell, double millionParameters, double millionMacs)
    {
        var architecture = space.Resolve(NasBench201Notation.Parse(space, cell));
        Assert.AreEqual(cell, NasBench201Notation.Format(architecture));
        var cost = Network.CostOf(architecture, space.Input, Classes);
        Assert.AreEqual(millionParameters, cost.Parameters / 1e6, HalfLastDigit, cell);
        Assert.AreEqual(millionMacs, (cost.Macs + BiasOfClassifier) / 1e6, HalfLastDigit, cell);
        return architecture.Genotype;
    }

    [TestMethod]
    [DataRow("|nor_conv_3x3~0|", "3 nodes")]
    [DataRow("|a~0|+|a~0|+|a~0|a~1|a~2|", "Node 2")]
    [DataRow("|none~0|+|none~0|none~2|+|none~0|none~1|none~2|", "none~2")]
    [DataRow("|none~0|+|none~0|none~0|+|none~0|none~1|none~2|", "twice")]
    [DataRow("|none~0|+|none~0|conv~1|+|none~0|none~1|none~2|", "'conv'")]
    public void A_text_that_is_no_cell_is_refused(string text, string expected) => StringAssert.Contains(
        Assert.ThrowsExactly<FormatException>(() => NasBench201Notation.Parse(SearchSpaces.NasBench201(), text)).Message, expected);
}

using System.Globalization;
using System.IO.Compression;
using Microsoft.ML.Nas.Evaluation;
using Microsoft.ML.Nas.Hardware;
using Microsoft.ML.Nas.Spaces;

namespace Microsoft.ML.Nas;

/// <summary>
/// NAS-Bench-201 (Dong and Yang 2020): the results of all 15,625 cells of <see cref="SearchSpaces.NasBench201"/> on CIFAR-10. A full
/// evaluation reads the validation accuracy after 12 epochs of training, as the paper's searches do, and takes 12 epochs of simulated time.
/// </summary>
/// <remarks>Accuracies are shares, 1 at best, as <see cref="SearchMetric.Accuracy"/> is.</remarks>
public sealed class NasBench201
{
    private static readonly string[] Edges = ["1<-0", "2<-0", "2<-1", "3<-0", "3<-1", "3<-2"];
    private static readonly string[] Operations = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"];

    private readonly NasBench201Cell[] _cells;
    private readonly int[] _decisions;
    private readonly int[][] _digits;

    private NasBench201(SearchSpace space, NasBench201Cell[] cells)
    {
        (Space, _cells) = (space, cells);
        _decisions = [.. Edges.Select(edge => Array.FindIndex([.. space.Decisions], decision => decision.Name.EndsWith(edge, StringComparison.Ordinal)))];
        _digits = [.. _decisions.Select(decision => space.Decisions[decision].Labels.Select(static label => Array.IndexOf(Operations, label)).ToArray())];
    }

    /// <summary>The space of cells.</summary>
    public SearchSpace Space { get; }

    /// <summary>Reads the table.</summary>
    /// <param name="path">A CSV file, or one compressed with gzip, with the columns <c>code</c>, <c>c10_val12</c>, <c>c10_val200</c>, <c>c10_test200</c>, <c>c100_test200</c>, <c>params_M</c>, <c>macs_M</c> and <c>epoch_s_c10_est</c>.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A column is missing, a value is no number, or cells are missing.</exception>
    public static NasBench201 Load(string path)
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        var header = reader.ReadLine()?.Split(',') ?? [];
        var columns = Array.ConvertAll(["code", "c10_val12", "c10_val200", "c10_test200", "c100_test200", "params_M", "macs_M", "epoch_s_c10_est"], (string name) =>
            Array.IndexOf(header, name) is >= 0 and var column ? column : throw new InvalidDataException($"'{path}' has no column '{name}'; it has: {string.Join(", ", header)}."));
        var cells = new NasBench201Cell?[15625];
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            var fields = text.Split(',');
            try
            {
                var numbers = Array.ConvertAll(columns[1..], column => double.Parse(fields[column], CultureInfo.InvariantCulture));
                cells[IndexOf(fields[columns[0]].Select(static digit => digit - '0'))] = new(fields[columns[0]],
                    numbers[0] / 100, numbers[1] / 100, numbers[2] / 100, numbers[3] / 100, new((long)(numbers[4] * 1e6), (long)(numbers[5] * 1e6), 0), numbers[6]);
            }
            catch (Exception problem) when (problem is FormatException or IndexOutOfRangeException)
            {
                throw new InvalidDataException($"Line {line} of '{path}' is no cell: {problem.Message}", problem);
            }
        }
        if (Array.IndexOf(cells, null) is >= 0 and var missing) throw new InvalidDataException($"'{path}' lacks {cells.Count(static cell => cell is null)} of 15,625 cells, the first at {missing}; it may have been cut off.");
        return new(SearchSpaces.NasBench201(), cells!);
    }

    /// <summary>What the table knows of an architecture of <see cref="Space"/>.</summary>
    public NasBench201Cell this[Genotype genotype]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(genotype);
            var index = 0;
            for (var edge = 0; edge < _decisions.Length; edge++) index = index * Operations.Length + _digits[edge][genotype[_decisions[edge]]];
            return _cells[index];
        }
    }

    /// <summary>The table as the paper's searches see it: full evaluations are 12 epochs.</summary>
    public TabularBenchmark After12Epochs() => new("NAS-Bench-201, 12 epochs", Space, SearchMetric.Accuracy, genotype => Entry(this[genotype], 12));

    /// <summary>The table with the two fidelities that it has: full evaluations are 200 epochs, and 12/200 of one are 12.</summary>
    public TabularBenchmark After200Epochs() => new("NAS-Bench-201, 200 epochs", Space, SearchMetric.Accuracy, (genotype, fidelity) => fidelity switch
    {
        1 => Entry(this[genotype], 200),
        12.0 / 200 => Entry(this[genotype], 12),
        _ => null,
    });

    private static TabularEntry Entry(NasBench201Cell cell, int epochs) => new(epochs == 12 ? cell.ValidationAfter12 : cell.ValidationAfter200, epochs * cell.SecondsPerEpoch, cell.Cost);

    private static int IndexOf(IEnumerable<int> digits) => digits.Aggregate(0, static (index, digit) => index * Operations.Length + (digit is >= 0 and < 5 ? digit : throw new FormatException("An operation's digit is not 0 to 4.")));
}

/// <summary>What NAS-Bench-201 knows of a cell; accuracies as shares.</summary>
/// <param name="Code">The operation on each edge, as six digits: 0 none, 1 skip connection, 2 1×1 convolution, 3 3×3 convolution, 4 3×3 average pooling; edges 1←0, 2←0, 2←1, 3←0, 3←1, 3←2.</param>
/// <param name="ValidationAfter12">CIFAR-10 validation accuracy after 12 epochs.</param>
/// <param name="ValidationAfter200">CIFAR-10 validation accuracy after 200 epochs.</param>
/// <param name="TestAfter200">CIFAR-10 test accuracy after 200 epochs.</param>
/// <param name="Cifar100TestAfter200">CIFAR-100 test accuracy after 200 epochs.</param>
/// <param name="Cost">Parameters and multiply-adds of the network.</param>
/// <param name="SecondsPerEpoch">The estimated time of a training epoch on CIFAR-10.</param>
public sealed record NasBench201Cell(string Code, double ValidationAfter12, double ValidationAfter200, double TestAfter200, double Cifar100TestAfter200, Cost Cost, double SecondsPerEpoch);

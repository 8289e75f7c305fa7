namespace Microsoft.ML.Nas.Tests.Reports;

[TestClass]
public sealed class ConsoleProgressTests
{
    [TestMethod]
    public void A_terminal_shows_a_bar_with_the_best_so_far_the_trials_and_the_time_left()
    {
        using var output = new StringWriter();
        using (var progress = new ConsoleProgress(output, static () => 120))
        {
            progress.Report(At(0, 0, best: null));
            progress.Report(At(0.25, 30, best: 0.87654));
        }
        var lines = output.ToString().Split('\r', '\n');
        Assert.Contains("Searching [######..................]  25%  best 0.8765  5 trials  90.0 s left", lines.Select(static line => line.TrimEnd()).ToArray());
        Assert.IsTrue(lines.All(static line => line.Length < 120));
    }

    [TestMethod]
    public void A_new_phase_begins_a_new_line_and_the_end_closes_it()
    {
        using var output = new StringWriter();
        using (var progress = new ConsoleProgress(output, static () => 80))
        {
            progress.Report(At(1, 10, 0.5));
            progress.Report(At(0.5, 12, 0.5, SearchPhase.Training));
            progress.Report(At(1, 13, 0.5, SearchPhase.Exporting));
        }
        var lines = output.ToString().Split(Environment.NewLine);
        Assert.HasCount(4, lines);
        Assert.IsEmpty(lines[^1]);
    }

    [TestMethod]
    public void Redirected_output_gets_plain_lines_and_no_line_for_every_epoch()
    {
        using var output = new StringWriter();
        using var progress = new ConsoleProgress(output, terminalWidth: null);
        progress.Report(At(0.1, 1, 0.5));
        for (var epoch = 1; epoch < 10; epoch++) progress.Report(At(epoch / 10.0, 2, 0.5, SearchPhase.Training));
        var text = output.ToString();
        Assert.DoesNotContain('\r', text.Replace(Environment.NewLine, "\n", StringComparison.Ordinal));
        Assert.HasCount(3, text.Split(Environment.NewLine));
        Assert.Contains("1.0 s  what happened", text);
    }

    [TestMethod]
    public void A_narrow_terminal_cuts_the_line_instead_of_wrapping_it()
    {
        using var output = new StringWriter();
        using var progress = new ConsoleProgress(output, static () => 30);
        progress.Report(At(0.5, 10, 0.5));
        Assert.IsLessThan(31, output.ToString().Length);
    }

    private static SearchProgress At(double fraction, double seconds, double? best, SearchPhase phase = SearchPhase.Searching) =>
        new(phase, fraction, TimeSpan.FromSeconds(seconds), Trials: 5, SupernetEpochs: 0, best, "id", "what\nhappened");
}

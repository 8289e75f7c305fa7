namespace Microsoft.ML.Nas.Onnx.Tests;

[TestClass]
public class LatencyMeterTests
{
    [TestMethod]
    public void PercentilesAndThroughputComeFromTheTimes()
    {
        var clock = new SteppingClock();
        int row = 0;
        // 100 rows of 1 to 100 µs; batches of 8 rows take 4 µs.
        var options = new LatencyOptions { BatchSize = 8, WarmUp = TimeSpan.Zero, MaxRuns = 100, Duration = TimeSpan.FromSeconds(1), TimeProvider = clock };
        var report = LatencyMeter.Measure(() => clock.Advance(row++ % 101), () => clock.Advance(4), options);

        Assert.AreEqual(100, report.Runs);
        Assert.AreEqual(50, report.P50.TotalMicroseconds, 1e-9);
        Assert.AreEqual(90, report.P90.TotalMicroseconds, 1e-9);
        Assert.AreEqual(99, report.P99.TotalMicroseconds, 1e-9);
        Assert.AreEqual(2_000_000, report.RowsPerSecond, 1e-3);
        StringAssert.Contains(report.ToString(), "p50 50.0 µs", StringComparison.Ordinal);
    }

    [TestMethod]
    public void MeasurementEndsWithItsTime()
    {
        var clock = new SteppingClock();
        int runs = 0;
        var options = new LatencyOptions { WarmUp = TimeSpan.FromMicroseconds(10), Duration = TimeSpan.FromMicroseconds(20), TimeProvider = clock };
        var report = LatencyMeter.Measure(() => { runs++; clock.Advance(5); }, () => clock.Advance(1000), options);
        Assert.AreEqual(4, report.Runs);
        Assert.AreEqual(2 + 4, runs);
    }

    [TestMethod]
    public void SessionsWithNumbersAndWithTextAreMeasured()
    {
        var options = new LatencyOptions { BatchSize = 4, WarmUp = TimeSpan.Zero, Duration = TimeSpan.Zero };
        using var dense = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        var report = LatencyMeter.Measure(dense, Models.Feed(("x", OnnxTensor.Create(Models.Numbers(9), 3, 3))), options);
        Assert.AreEqual(1, report.Runs);
        Assert.AreEqual(4, report.BatchSize);

        var g = new GraphBuilder();
        g.Output("y", g.LabelEncoder(g.Input("x", ElementType.String, "N"), ["a"], [1f], 0f));
        using var text = new OnnxSession(g.Build(), Models.OneThread);
        Assert.AreEqual(1, LatencyMeter.Measure(text, Models.Feed(("x", OnnxTensor.Create(["a", "b"]))), options).Runs);
    }

    [TestMethod]
    public void MeasurementNeedsRows()
    {
        using var session = new OnnxSession(Models.Dense().Build(), Models.OneThread);
        Assert.ThrowsExactly<ArgumentException>(() => LatencyMeter.Measure(session, Models.Feed(("x", OnnxTensor.Create(Array.Empty<float>(), 0, 3)))));
        Assert.ThrowsExactly<ArgumentException>(() => LatencyMeter.Measure(session, Models.Feed()));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => LatencyMeter.Measure(() => { }, () => { }, new() { BatchSize = 0 }));
    }

    /// <summary>A clock that moves only when it is told to.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => 10_000_000;

        public override long GetTimestamp() => _ticks;

        public void Advance(long microseconds) => _ticks += microseconds * 10;
    }
}

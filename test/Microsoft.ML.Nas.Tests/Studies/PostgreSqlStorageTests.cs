using Microsoft.ML.Nas.Studies.Storage;
using Microsoft.ML.Nas.Studies.Storage.PostgreSql;

namespace Microsoft.ML.Nas.Tests.Studies;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class PostgreSqlStorageTests : StudyStorageContract
{
    private static PostgreSqlServer? _server;

    public TestContext TestContext { get; set; } = null!;

    // Names are as strange as a user may make them.
    private string Study => $"\"{TestContext.TestName} 'ö'\"";

    [ClassInitialize]
    public static void Start(TestContext context) => _server = new("fsync=off");

    [ClassCleanup]
    public static void Stop() => _server?.Dispose();

    internal override IStudyStorage Open() => Open(shared: true);

    [TestMethod]
    public void ALiveWorkersClaimIsRefusedAndADeadOnesTakenOver()
    {
        using var survivor = Open(shared: true, claimTimeout: 1);
        survivor.Describe("");
        using (var victim = Open(shared: true, claimTimeout: 1))
        {
            Assert.IsTrue(victim.TryClaim("search", Job(0), out _));
            Assert.IsFalse(survivor.TryClaim("search", Job(0), out var running));
            Assert.AreEqual(TrialState.Running, running!.State);
        }
        Assert.IsTrue(SpinWait.SpinUntil(() => survivor.TryClaim("search", Job(0), out _), TimeSpan.FromSeconds(20)));
        Assert.AreEqual(2, survivor.Trials("search").Single().Attempts);
    }

    [TestMethod]
    public void OneOfManyWorkersGetsAClaim()
    {
        var workers = Enumerable.Range(0, 4).Select(_ => Open()).ToArray();
        workers[0].Describe("");
        var claims = Enumerable.Range(0, 25).Select(number =>
        {
            var won = 0;
            Parallel.ForEach(workers, worker =>
            {
                if (worker.TryClaim("search", Job(number), out _)) Interlocked.Increment(ref won);
            });
            return won;
        }).ToArray();
        CollectionAssert.AreEqual(Enumerable.Repeat(1, 25).ToArray(), claims);
        foreach (var worker in workers) worker.Dispose();
    }

    [TestMethod]
    public void ASearchThatCannotBeSharedHasTheStudyForItself()
    {
        using (Open(shared: true))
        using (Open(shared: true))
            Assert.Contains("cannot be shared", Assert.ThrowsExactly<StudyException>(() => Open(shared: false)).Message);
        using (Open(shared: false))
            Assert.Contains("cannot be shared", Assert.ThrowsExactly<StudyException>(() => Open(shared: true)).Message);
    }

    [TestMethod]
    public void ANewerDatabaseIsRefused()
    {
        var address = PostgreSqlAddress.Parse(_server!.Study("one", database: _server.CreateDatabase("newer")));
        PostgreSqlStorage.Open(address, shared: true, [.. StudySchema.Steps, "ALTER TABLE trial ADD COLUMN colour TEXT"]).Dispose();
        Assert.Contains("newer version", Assert.ThrowsExactly<StudyException>(() => PostgreSqlStorage.Open(address, shared: true, StudySchema.Steps)).Message);
    }

    [TestMethod]
    public void ALostConnectionIsOpenedAgain()
    {
        using var storage = Open();
        storage.Describe("still here");
        _server!.Stop();
        _server.Start();
        Assert.AreEqual("still here", storage.Description);
        Assert.IsTrue(storage.TryClaim("search", Job(0), out _));
    }

    [TestMethod]
    [DataRow("postgres://anna:p%40ss@db.example:5433/nas?study=churn&claim timeout=5&sslmode=Require", "db.example:5433/nas, study 'churn'", 5.0)]
    [DataRow("Host=db.example;Database=nas;Username=anna;Password=secret", "db.example:5432/nas, study 'default'", 60.0)]
    public void AddressesAreReadAndThePasswordIsNotShown(string text, string location, double timeout)
    {
        Assert.IsTrue(PostgreSqlAddress.Fits(text));
        var address = PostgreSqlAddress.Parse(text);
        Assert.AreEqual((location, timeout), (address.Location, address.ClaimTimeout.TotalSeconds));
    }

    [TestMethod]
    [DataRow("churn.db")]
    [DataRow("/data/Host/churn.db")]
    public void FilesAreNoAddresses(string text) => Assert.IsFalse(PostgreSqlAddress.Fits(text));

    private IStudyStorage Open(bool shared, double claimTimeout = 60) =>
        StudyStorage.Open(_server!.Study(Study, claimTimeout), shared);
}

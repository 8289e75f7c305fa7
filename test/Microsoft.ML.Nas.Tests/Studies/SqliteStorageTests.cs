using Microsoft.ML.Nas.Studies.Storage;
using Microsoft.ML.Nas.Studies.Storage.Sqlite;

namespace Microsoft.ML.Nas.Tests.Studies;

[TestClass]
public sealed class SqliteStorageTests : StudyStorageContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("a study's file – 価格.db");

    public void Dispose() => _folder.Dispose();

    internal override IStudyStorage Open() => StudyStorage.Open(File, shared: false);

    [TestMethod]
    public void AStudyThatAProcessWorksOnIsRefusedToOthersAndCanBeReadByThem()
    {
        using var storage = Open();
        storage.Describe("mine");
        Assert.Contains("in use by another process", Assert.ThrowsExactly<StudyException>(() => Open()).Message);
        using var reader = StudyStorage.OpenToRead(File);
        Assert.AreEqual("mine", reader.Description);
    }

    [TestMethod]
    public void ARunningTrialOfAnEarlierProcessIsClaimed()
    {
        using (var storage = Open())
        {
            storage.Describe("");
            storage.TryClaim("search", Job(0), out _);
        }
        using (var storage = Open()) Assert.IsTrue(storage.TryClaim("search", Job(0), out _));
    }

    [TestMethod]
    public void AnOlderDatabaseIsBroughtUpToDateAndANewerOneRefused()
    {
        using (var storage = Open())
        {
            storage.Describe("");
            storage.TryClaim("search", Job(0), out _);
        }
        string[] newer = [.. StudySchema.Steps, "ALTER TABLE trial ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'"];
        using (var storage = SqliteStorage.Open(File, newer)) Assert.HasCount(1, storage.Trials("search"));
        RefusesUntouched("newer version");
        using (SqliteStorage.Open(File, newer)) { }
    }

    [TestMethod]
    [DataRow(0, "empty")]
    [DataRow(50, "cut short")]
    [DataRow(4096, "cut short")]
    [DataRow(20000, "cut short")]
    public void ATruncatedFileIsRefusedAndLeftAsItIs(int length, string message)
    {
        using (var storage = Open()) storage.Describe("");
        using (var file = new FileStream(File, FileMode.Open)) file.SetLength(length);
        RefusesUntouched(message);
    }

    [TestMethod]
    public void ADamagedFileIsRefusedAndLeftAsItIs()
    {
        using (var storage = Open()) storage.Describe(new string('x', 20_000));
        using (var file = new FileStream(File, FileMode.Open))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
        }
        RefusesUntouched("damaged");
    }

    [TestMethod]
    public void AFileOfAnotherKindIsRefusedAndLeftAsItIs()
    {
        System.IO.File.WriteAllText(File, "Label,Age\n1,30\n");
        RefusesUntouched("another kind of file");
    }

    [TestMethod]
    public void AnotherProgramsDatabaseIsRefusedAndLeftAsItIs()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE recipes (name TEXT)";
            command.ExecuteNonQuery();
        }
        RefusesUntouched("another program");
    }

    [TestMethod]
    [DataRow("cut", "cut short")]
    [DataRow("empty", "empty")]
    [DataRow("foreign", "no checkpoint")]
    [DataRow("newer", "newer version")]
    [DataRow("damaged", "damaged")]
    [DataRow("other study", "another study")]
    public void ACheckpointThatCannotBeContinuedIsRefusedAndLeftAsItIs(string what, string message)
    {
        using var storage = Open();
        storage.Describe("this study");
        storage.Checkpoints.Save("supernet", static stream => stream.Write(new byte[1000]));
        var path = Path.Combine(File + ".checkpoints", "supernet");
        var bytes = System.IO.File.ReadAllBytes(path);
        switch (what)
        {
            case "cut": bytes = bytes[..500]; break;
            case "empty": bytes = []; break;
            case "foreign": bytes = "PK\u0003\u0004 something else"u8.ToArray(); break;
            case "newer": bytes[8] = 2; break;
            case "damaged": bytes[700] ^= 1; break;
            default: bytes = [.. CheckpointFormat.Pack(new byte[32], static stream => stream.WriteByte(1))]; break;
        }
        System.IO.File.WriteAllBytes(path, bytes);
        Assert.Contains(message, Assert.ThrowsExactly<StudyException>(() => storage.Checkpoints.OpenRead("supernet")).Message);
        CollectionAssert.AreEqual(bytes, System.IO.File.ReadAllBytes(path));
    }

    private void RefusesUntouched(string message)
    {
        var before = System.IO.File.ReadAllBytes(File);
        Assert.Contains(message, Assert.ThrowsExactly<StudyException>(() => Open()).Message);
        CollectionAssert.AreEqual(before, System.IO.File.ReadAllBytes(File));
    }
}

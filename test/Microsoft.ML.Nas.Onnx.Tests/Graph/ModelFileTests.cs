using System.Text;

using Onnx;

namespace Microsoft.ML.Nas.Onnx.Tests;

[TestClass]
public class ModelFileTests
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("nasml-models-").FullName;

    [ClassCleanup]
    public static void Cleanup() => Directory.Delete(Folder, recursive: true);

    [TestMethod]
    public void SavedModelIsTheSameWhenLoaded()
    {
        var metadata = new ModelMetadata
        {
            ProducerName = "test", ProducerVersion = "1.2.3", Domain = "org.example", ModelVersion = 7, Documentation = "Dense, ReLU.",
            Properties = new Dictionary<string, string> { ["search"] = "ab12", ["architecture"] = "{\"units\":2}" },
        };
        var model = Models.Dense().Build(metadata);
        string path = Path.Combine(Folder, "dense.onnx");
        model.Save(path);
        var loaded = OnnxModel.Load(path);

        CollectionAssert.AreEqual(model.ToBytes(), loaded.ToBytes());
        Assert.AreEqual("dense", loaded.Name);
        Assert.AreEqual("'x' Float [N, 3]", loaded.Inputs.Single().ToString());
        Assert.AreSequenceEqual(["'y' Float [N, 2]", "'sum' Float [N]"], loaded.Outputs.Select(output => output.ToString()));
        Assert.AreEqual("test", loaded.Metadata.ProducerName);
        Assert.AreEqual("1.2.3", loaded.Metadata.ProducerVersion);
        Assert.AreEqual("org.example", loaded.Metadata.Domain);
        Assert.AreEqual(7, loaded.Metadata.ModelVersion);
        Assert.AreEqual("Dense, ReLU.", loaded.Metadata.Documentation);
        Assert.AreEqual("{\"units\":2}", loaded.Metadata.Properties["architecture"]);
    }

    [TestMethod]
    public void SavingReplacesTheFileAndLeavesNothingElse()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, "replace")).FullName, path = Path.Combine(folder, "m.onnx");
        File.WriteAllText(path, "old");
        Models.Dense().Build().Save(path);
        OnnxModel.Load(path).Check();
        Assert.AreSequenceEqual([path], Directory.GetFiles(folder));
    }

    [TestMethod]
    public void FailedSaveKeepsTheOldFile()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder, "fail")).FullName;
        // A folder in the file's place: the last step of saving fails.
        Directory.CreateDirectory(Path.Combine(folder, "m.onnx", "inside"));
        Assert.Throws<Exception>(() => Models.Dense().Build().Save(Path.Combine(folder, "m.onnx")));
        Assert.IsEmpty(Directory.GetFiles(folder));
        Assert.IsTrue(Directory.Exists(Path.Combine(folder, "m.onnx", "inside")));
    }

    [TestMethod]
    public void TruncatedFilesAreRefused()
    {
        byte[] bytes = Models.Dense().Build().ToBytes();
        for (int length = 0; length < bytes.Length; length += 7)
        {
            var e = Assert.ThrowsExactly<OnnxModelException>(() => OnnxModel.Load(bytes.AsSpan(0, length)), $"{length} of {bytes.Length} bytes");
            StringAssert.Contains(e.Message, length == 0 ? "empty" : "truncated", StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public void ForeignFilesAreRefusedByName()
    {
        string path = Path.Combine(Folder, "table.csv");
        File.WriteAllText(path, "age,income\n1,2\n");
        var e = Assert.ThrowsExactly<OnnxModelException>(() => OnnxModel.Load(path));
        StringAssert.Contains(e.Message, path, StringComparison.Ordinal);
        Assert.ThrowsExactly<OnnxModelException>(() => OnnxModel.Load(new byte[1000]));
        Assert.ThrowsExactly<OnnxModelException>(() => OnnxModel.Load(Encoding.UTF8.GetBytes("{\"graph\": []}")));
        Assert.ThrowsExactly<FileNotFoundException>(() => OnnxModel.Load(Path.Combine(Folder, "none.onnx")));
    }

    [TestMethod]
    public void ModelsBeyondTensorsAreRefused()
    {
        var sequence = Changed(model => model.Graph.Output[0].Type = new TypeProto { SequenceType = new() });
        StringAssert.Contains(Refused(sequence), "only tensors are supported", StringComparison.Ordinal);
        var complex = Changed(model => model.Graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Complex64);
        StringAssert.Contains(Refused(complex), "Complex64", StringComparison.Ordinal);
        var external = Changed(model => model.Graph.Initializer[0].DataLocation = TensorProto.Types.DataLocation.External);
        StringAssert.Contains(Refused(external), "in another file", StringComparison.Ordinal);

        static string Refused(ModelProto model) =>
            Assert.ThrowsExactly<OnnxModelException>(() => OnnxModel.Load(Google.Protobuf.MessageExtensions.ToByteArray(model))).Message;
    }

    [TestMethod]
    public void CheckFindsBrokenStructure()
    {
        Finds(model => model.Graph.Node.Reverse().ToList().ForEach(node => { model.Graph.Node.Remove(node); model.Graph.Node.Add(node); }), "before it is made");
        Finds(model => model.Graph.Node[0].Input[0] = "nowhere", "uses 'nowhere'");
        Finds(model => model.Graph.Node[1].Output[0] = model.Graph.Node[0].Output[0], "is the name of another value");
        Finds(model => model.Graph.Node[0].Domain = "com.example", "domain 'com.example', which is not imported");
        Finds(model => model.OpsetImport.Add(model.OpsetImport[0].Clone()), "is imported twice");
        Finds(model => model.Graph.Output[0].Name = "lost", "output 'lost' is made by no node");
        Finds(model => model.Graph.Output.Add(model.Graph.Output[0].Clone()), "listed 2 times");
        Finds(model => model.Graph.Initializer[0].Dims[0] = 5, "its shape [5, 2] asks for 10");
        Finds(model => model.Graph.Initializer[0].DataType = (int)TensorProto.Types.DataType.Bfloat16, "Bfloat16");
        Finds(model => model.Graph.Initializer.Add(model.Graph.Initializer[0].Clone()), "is given twice");
        Finds(model => model.Graph.ClearName(), "the graph has no name");
        Finds(model => model.IrVersion = 99, "IR version 99");
        Finds(model => model.Graph.Node[^1].Attribute.Add(model.Graph.Node[^1].Attribute[0].Clone()), "twice");
        Finds(model => model.MetadataProps.Add([new StringStringEntryProto { Key = "k" }, new StringStringEntryProto { Key = "k" }]), "metadata key 'k'");
        Changed(_ => { });

        static void Finds(Action<ModelProto> breakIt, string says) =>
            StringAssert.Contains(Assert.ThrowsExactly<OnnxModelException>(() => new OnnxModel(Changed(breakIt)).Check()).Message, says, StringComparison.Ordinal);
    }

    [TestMethod]
    public void CheckLooksIntoControlFlow()
    {
        var body = new GraphProto { Name = "body" };
        body.Node.Add(new NodeProto { OpType = "Exp", Input = { "x" }, Output = { "inner" } });
        body.Output.Add(new ValueInfoProto { Name = "inner" });
        var branch = new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = body };
        var model = Changed(model => model.Graph.Node.Insert(0, new NodeProto { OpType = "If", Input = { "x" }, Output = { "chosen" }, Attribute = { branch } }));
        new OnnxModel(model).Check();

        body.Node[0].Input[0] = "nowhere";
        model.Graph.Node[0].Attribute[0].G = body;
        StringAssert.Contains(Assert.ThrowsExactly<OnnxModelException>(() => new OnnxModel(model).Check()).Message, "nowhere", StringComparison.Ordinal);
    }

    private static ModelProto Changed(Action<ModelProto> change)
    {
        var model = Models.Dense().Build().Proto.Clone();
        new OnnxModel(model).Check();
        change(model);
        return model;
    }
}

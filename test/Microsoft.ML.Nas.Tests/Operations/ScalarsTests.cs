using System.Buffers.Binary;
using System.Reflection;
using Microsoft.ML.Nas.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Nas.Tests.Operations;

/// <summary>A number that is collected during a native call fails once in millions of calls, so that only the code itself can be tested for it.</summary>
[TestClass]
public sealed class ScalarsTests
{
    private const int FirstMember = 0x0A000001;
    private const byte Call = 0x28, CallVirtual = 0x6F;

    [TestMethod]
    public void No_code_leaves_a_number_to_an_implicit_conversion()
    {
        var module = typeof(SearchSpace).Module;
        var forbidden = Members(module).Where(static pair => MakesScalar(pair.Method)).ToDictionary(static pair => pair.Token, static pair => pair.Method);
        Assert.AreNotEqual(0, forbidden.Count, "not even Scalars makes one");
        var calls = module.GetTypes().Where(static type => type != typeof(Scalars))
            .SelectMany(static type => type.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance).OfType<MethodBase>())
            .SelectMany(method => Calls(method).Where(forbidden.ContainsKey).Select(token => $"{method.DeclaringType}.{method.Name} calls {forbidden[token]}"));
        Assert.AreEqual("", string.Join('\n', calls));
    }

    [TestMethod]
    public void Sums_and_ranges_are_what_they_say()
    {
        using var scope = NewDisposeScope();
        CollectionAssert.AreEqual((float[])[4, 6], Scalars.Sum(tensor((float[])[1, 2]), tensor((float[])[3, 4])).data<float>().ToArray());
        CollectionAssert.AreEqual((float[])[1.5f, 2.5f], Scalars.Sum(tensor((float[])[1, 2]), Scalars.Held(0.5)).data<float>().ToArray());
        CollectionAssert.AreEqual((long[])[2, 3, 4], Scalars.Range(2, 5, ScalarType.Int64, CPU).data<long>().ToArray());
    }

    /// <summary>Conversions to a Scalar, and what TorchSharp itself makes one in: sums, squares and operators on numbers.</summary>
    private static bool MakesScalar(MethodBase method) => method.DeclaringType == typeof(Scalar)
        ? method.Name == "op_Implicit"
        : method.DeclaringType == typeof(Tensor) && (method.Name is "op_Addition" or "square"
            || method.Name is "add" or "add_" && method.GetParameters().Length == 1
            || method.Name.StartsWith("op_", StringComparison.Ordinal) && Array.Exists(method.GetParameters(), static parameter => parameter.ParameterType.IsPrimitive));

    private static IEnumerable<(int Token, MethodBase Method)> Members(Module module)
    {
        for (var token = FirstMember; ; token++)
        {
            MemberInfo? member = null;
            try
            {
                member = module.ResolveMember(token);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }
            catch (Exception problem) when (problem is ArgumentException or BadImageFormatException)
            {
                // A member of a generic type: none of TorchSharp's tensors.
            }
            if (member is MethodBase method) yield return (token, method);
        }
    }

    private static IEnumerable<int> Calls(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at + sizeof(int) < code.Length; at++)
            if (code[at] is Call or CallVirtual) yield return BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at + 1));
    }
}

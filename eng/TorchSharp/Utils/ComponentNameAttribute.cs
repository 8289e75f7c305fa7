#nullable disable
namespace TorchSharp.Utils;

/// <summary>Names the parameter, buffer or submodule that a field holds, where that is not the field's own name.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    public string Name { get; set; }
}

namespace Steelyard.Services.Determinism.Static;

/// <summary>A member that some code calls, by name.</summary>
/// <param name="Type">Its type without type arguments: <c>System.Threading.Tasks.Task</c>.</param>
/// <param name="TypeArguments">The type's arguments, by name.</param>
/// <param name="Name">As in metadata: <c>get_Now</c>, <c>.ctor</c>.</param>
/// <param name="Parameters">The types of its parameters, by name.</param>
internal sealed record CalledMember(
    string Type, IReadOnlyList<string> TypeArguments, string Name, IReadOnlyList<string> Parameters)
{
    /// <summary>As C# writes it: <c>DateTime.UtcNow</c>, <c>new Random()</c>.</summary>
    public string InSource
    {
        get
        {
            var type = Type.Substring(Type.LastIndexOf('.') + 1).Split('`')[0];
            if (Name == ".ctor")
                return $"new {type}({(Parameters.Count > 0 ? "…" : "")})";
            return $"{type}.{(Name.StartsWith("get_", StringComparison.Ordinal) ? Name.Substring(4) : Name)}";
        }
    }

    /// <summary>Whether one of its parameters is of a type.</summary>
    public bool Takes(string type) => Parameters.Any(parameter => parameter == type);
}

using System.Reflection;
using System.Text;

namespace Steelyard.Tests;

/// <summary>
/// The public surface is a reviewed list: one file for each assembly beside this test. After a change that is
/// meant, run the tests once with <c>STEELYARD_ACCEPT=1</c> and read the difference before it is committed.
/// </summary>
public sealed class PublicSurfaceTests
{
    [Theory]
    [InlineData("Steelyard.Histories")]
    [InlineData("Steelyard.Formats")]
    [InlineData("Steelyard.Worlds")]
    [InlineData("Steelyard.Analysis")]
    [InlineData("Steelyard.Simulation")]
    [InlineData("Steelyard.Designs")]
    [InlineData("Steelyard.Services")]
    [InlineData("Steelyard.Services.Designs")]
    [InlineData("Steelyard")]
    public void The_public_surface_is_the_reviewed_one(string assembly)
    {
        var found = SurfaceOf(Assembly.Load(assembly));
        var path = Path.Combine(Repository.Root, "tests", "Steelyard.Tests", "PublicApi", $"{assembly}.txt");
        if (Environment.GetEnvironmentVariable("STEELYARD_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, found);
        }

        var reviewed = File.Exists(path) ? File.ReadAllText(path).Split('\n') : [];
        var difference = found.Split('\n').Except(reviewed, StringComparer.Ordinal)
            .Select(line => $"+ {line}")
            .Concat(reviewed.Except(found.Split('\n'), StringComparer.Ordinal).Select(line => $"- {line}"));
        var told = string.Join('\n', difference);
        Assert.True(told.Length == 0, told);
    }

    static string SurfaceOf(Assembly assembly)
    {
        var text = new StringBuilder();
        // The compiler keeps a type of its own for each extension block.
        var types = assembly.GetExportedTypes().Where(type => !type.IsSpecialName);
        foreach (var type in types.OrderBy(Name, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
                text.Append("  ").Append(Name(type)).Append('.').Append(member).Append('\n');
        }

        return text.ToString();
    }

    static IEnumerable<string> Members(Type type)
    {
        const BindingFlags declared =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(declared))
            switch (member)
            {
                case MethodInfo { IsSpecialName: true } or Type:
                case MethodInfo when IsOfRecord(member.Name):
                    break;
                case MethodBase method:
                    yield return $"{method.Name}({Parameters(method)}){Returns(method)}";
                    break;
                case PropertyInfo property:
                    yield return $"{property.Name}: {Name(property.PropertyType)}"
                        + (property.CanWrite ? " init/set" : "");
                    break;
                case FieldInfo field when field.Name != "value__":
                    yield return $"{field.Name}: {Name(field.FieldType)}";
                    break;
            }
    }

    static bool IsOfRecord(string name) =>
        name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$";

    static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"));

    static string Returns(MethodBase method) => method is MethodInfo info ? $": {Name(info.ReturnType)}" : "";

    static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static",
        { IsAbstract: true } => "abstract",
        { IsSealed: true } => "sealed",
        _ => "class",
    };

    static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.HasElementType)
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "&");
        var own = type.Name.Split('`')[0];
        var outer = type.IsNested ? Name(type.DeclaringType!) + "." : "";
        var generic = type.IsGenericType
            ? $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : "";
        return type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true
            ? own + generic
            : $"{(outer.Length > 0 ? outer : type.Namespace + ".")}{own}{generic}";
    }
}

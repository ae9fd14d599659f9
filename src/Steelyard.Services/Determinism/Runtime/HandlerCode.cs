using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Steelyard.Services.Determinism.Static;
using Steelyard.Services.Hosting;

namespace Steelyard.Services.Determinism.Runtime;

/// <summary>
/// The code that a host has for a request. The runtime puts short handlers into the framework's own method
/// that calls them, and then no stack shows their lines; but what they call is written in their assembly.
/// </summary>
internal static class HandlerCode
{
    /// <summary>Where the handler of a call makes a call that
    /// leaves the world, or where something near it does.</summary>
    /// <param name="context">What is under way; null is nothing.</param>
    /// <param name="call">The call, as <see cref="Escape.Call"/> has it.</param>
    /// <returns>As <see cref="UserCode.Place"/>; null where nothing is known of the handler.</returns>
    public static string? Place(CallContext? context, string call)
    {
        if (Of(context) is not { } handler)
            return null;
        var name = NameOf(handler);
        var found = Escapes(handler.Module.Assembly).Where(escape => escape.Call == call)
            .OrderByDescending(escape => escape.Method == name)
            .FirstOrDefault(escape => TypeOf(escape.Method) == TypeOf(name));
        return found is null ? Place(handler) : $"at {found.Method} in {found.File}:line {found.Line}";
    }

    static IReadOnlyList<Escape> Escapes(Assembly assembly) =>
        assembly.Location.Length > 0 ? EscapeScan.Of(assembly.Location) : [];

    /// <summary>Where the handler of a call begins; null where nothing is known of it.</summary>
    public static string? Place(CallContext? context) => Of(context) is { } handler ? Place(handler) : null;

    /// <summary>Where a method begins.</summary>
    /// <returns>As <see cref="UserCode.Place"/>.</returns>
    public static string Place(MethodInfo method)
    {
        var name = NameOf(method);
        var assembly = method.Module.Assembly.Location;
        if (assembly.Length == 0)
            return $"at {name}";
        using var image = new PEReader(File.OpenRead(assembly));
        using var lines = SourceLines.Of(image, assembly);
        // The code of an async method is in a type that the compiler makes for it.
        var code = method.GetCustomAttribute<AsyncStateMachineAttribute>()?.StateMachineType
            .GetMethod("MoveNext", BindingFlags.NonPublic | BindingFlags.Instance) ?? method;
        var (file, line) = lines.First((MethodDefinitionHandle)MetadataTokens.Handle(code.MetadataToken));
        return file is null ? $"at {name}" : $"at {name} in {file}:line {line}";
    }

    /// <summary>The type that the handler of a call stands
    /// in; null where nothing is known of it.</summary>
    public static string? TypeOf(CallContext? context) =>
        Of(context) is { } handler ? TypeOf(NameOf(handler)) : null;

    /// <summary>The type of a method, by its full name.</summary>
    public static string TypeOf(string method) => method[..method.LastIndexOf('.')];

    static MethodInfo? Of(CallContext? context) => context?.Endpoint?.Metadata.GetMetadata<MethodInfo>();

    static string NameOf(MethodInfo handler) =>
        UserCode.NameOf(handler.DeclaringType?.FullName ?? "", handler.Name);
}

using System.Reflection;
using System.Runtime.Loader;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Specs;

/// <summary>Loads a user's assembly with the dependencies that stand beside it. Steelyard's own assemblies
/// are shared with this program: a design must be an <see cref="IDesign"/> of ours.</summary>
/// <param name="path">The full path of the assembly.</param>
internal sealed class UserLoadContext(string path) : AssemblyLoadContext(Path.GetFileName(path))
{
    readonly AssemblyDependencyResolver _resolver = new(path);

    /// <summary>Whether an assembly is one of ours.</summary>
    public static bool IsOurs(AssemblyName name) =>
        name.Name is { } text && text.StartsWith("Steelyard", StringComparison.Ordinal)
        && Loaded(text) is not null;

    /// <summary>The assembly of this program that has a name; null is none.</summary>
    public static Assembly? Loaded(string name)
    {
        try
        {
            return Default.LoadFromAssemblyName(new(name));
        }
        catch (Exception none) when (none is IOException or BadImageFormatException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsOurs(assemblyName))
            return null;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } found
            ? LoadFromAssemblyPath(found)
            : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found
            ? LoadUnmanagedDllFromPath(found)
            : 0;
}

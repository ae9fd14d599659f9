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

    /// <summary>Loads an assembly: in a context of its own, unless this program was started with it, as the
    /// worker of a test project is.</summary>
    /// <param name="path">Its full path.</param>
    public static Assembly Load(string path) => IsOfThisProgram(path)
        ? Default.LoadFromAssemblyPath(path)
        : new UserLoadContext(path).LoadFromAssemblyPath(path);

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

    static bool IsOfThisProgram(string path) =>
        AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is string all
        && all.Split(Path.PathSeparator).Contains(path, StringComparer.Ordinal);

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

using System.Reflection;
using System.Runtime.Loader;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Specs;

/// <summary>Loads a user's assembly with the dependencies that stand beside it. Steelyard's own assemblies
/// are shared with this program: a design must be an <see cref="IDesign"/> of ours. So are those of .NET, of
/// which packages may bring copies: what our methods take must be of the same types.</summary>
/// <param name="path">The full path of the assembly.</param>
internal sealed class UserLoadContext(string path) : AssemblyLoadContext(Path.GetFileName(path))
{
    static readonly string? s_folder = Path.GetDirectoryName(typeof(UserLoadContext).Assembly.Location);

    // Those of .NET and of ASP.NET. A package of ours may bring a newer copy of what stands there.
    static readonly string[] s_frameworks =
    [
        .. ((string?)AppContext.GetData("APP_CONTEXT_DEPS_FILES") ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(file => Path.GetDirectoryName(file)!).Where(folder => folder != s_folder),
    ];

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

    /// <summary>Whether an assembly is one of .NET's that this program has, and no older one.</summary>
    internal static bool IsOfDotNet(AssemblyName name) =>
        name.Name is { } text && Loaded(text) is { Location.Length: > 0 } found
        && s_frameworks.Any(folder => File.Exists(Path.Combine(folder, text + ".dll")))
        && found.GetName().Version >= name.Version;

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
        if (IsOurs(assemblyName) || IsOfDotNet(assemblyName))
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

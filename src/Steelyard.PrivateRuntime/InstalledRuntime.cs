namespace Steelyard.PrivateRuntime;

/// <summary>A runtime as it is installed: a folder with the program <c>dotnet</c>, its host and the shared
/// frameworks.</summary>
/// <param name="Root">That folder.</param>
/// <param name="Version">The version of <c>Microsoft.NETCore.App</c>: <c>10.0.12</c>.</param>
public sealed record InstalledRuntime(string Root, string Version)
{
    /// <summary>The name of the framework that has the core library.</summary>
    internal const string Core = "Microsoft.NETCore.App";

    /// <summary>The program that starts it.</summary>
    public string Program => Path.Combine(Root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <summary>The folder of the core library.</summary>
    internal string CoreFolder => Path.Combine(Root, "shared", Core, Version);

    /// <summary>The runtime that this process runs on.</summary>
    /// <exception cref="RuntimeCopyException">It is no installed one: the application brought its
    /// own.</exception>
    public static InstalledRuntime OfThisProcess()
    {
        var library = typeof(object).Assembly.Location;
        var folder = Path.GetDirectoryName(library);
        var root = folder is { Length: > 0 } ? Path.GetFullPath(Path.Combine(folder, "..", "..", "..")) : "";
        var runtime = new InstalledRuntime(root, Path.GetFileName(folder) ?? "");
        return root.Length > 0 && runtime.CoreFolder == folder && File.Exists(runtime.Program)
            ? runtime
            : throw new RuntimeCopyException(
                $"expected a runtime that is installed with the program dotnet, found {library}");
    }
}

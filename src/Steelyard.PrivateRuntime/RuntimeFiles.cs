namespace Steelyard.PrivateRuntime;

/// <summary>The files of a copy: what has hooks is written, what the runtime looks for beside itself is
/// copied, and all else is a link to the installed file.</summary>
internal sealed class RuntimeFiles(InstalledRuntime installed, string folder)
{
    static readonly string[] s_written =
        [CoreLibraryHooks.FileName, CryptographyHooks.FileName, SocketHooks.FileName];

    readonly string _shared = Path.Combine(installed.Root, "shared");

    /// <summary>Writes them all.</summary>
    public void Write()
    {
        Directory.CreateDirectory(folder);
        Copy(installed.Program, Path.Combine(folder, Path.GetFileName(installed.Program)));
        CopyAll(Path.Combine(installed.Root, "host"), Path.Combine(folder, "host"));
        foreach (var framework in Directory.EnumerateDirectories(_shared))
            if (Path.GetFileName(framework) != InstalledRuntime.Core)
                Link(framework, Path.Combine(folder, "shared", Path.GetFileName(framework)));
        WriteCore(Path.Combine(folder, "shared", InstalledRuntime.Core, installed.Version));
    }

    void WriteCore(string core)
    {
        Directory.CreateDirectory(core);
        foreach (var file in Directory.EnumerateFiles(installed.CoreFolder))
        {
            var name = Path.GetFileName(file);
            // The native runtime finds the core library beside its own real file.
            if (Path.GetExtension(name) is ".so" or ".dylib")
                Copy(file, Path.Combine(core, name));
            else if (!s_written.Contains(name))
                Link(file, Path.Combine(core, name));
        }

        var library = Path.Combine(core, CoreLibraryHooks.FileName);
        CoreLibraryHooks.Write(Path.Combine(installed.CoreFolder, CoreLibraryHooks.FileName), library);
        CryptographyHooks.Write(
            Path.Combine(installed.CoreFolder, CryptographyHooks.FileName), library,
            Path.Combine(core, CryptographyHooks.FileName));
        SocketHooks.Write(
            Path.Combine(installed.CoreFolder, SocketHooks.FileName), library,
            Path.Combine(core, SocketHooks.FileName));
    }

    static void CopyAll(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    static void Link(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.CreateSymbolicLink(to, from);
    }
}

namespace Steelyard.App.Tests;

public sealed class ToolPackageTests
{
    [Fact]
    public void The_tool_is_packed_installed_from_a_folder_and_runs()
    {
        using var steelyard = new SteelyardProcess();
        var package = Path.Combine(steelyard.Folder, "package");
        var tool = Path.Combine(steelyard.Folder, "tool");

        var pack = SteelyardProcess.RunProgram(
            Root(), "dotnet",
            [
                "pack", "src/Steelyard.App", "-c", Configuration, "-o", package, "-v", "q", "--nologo",
                "--no-build", .. Artifacts(),
            ]);
        Assert.True(pack.Code == 0, pack.Output + pack.Error);
        var install = SteelyardProcess.RunProgram(
            steelyard.Folder, "dotnet", "tool", "install", "Steelyard.Tool", "--tool-path", tool,
                "--add-source", package);
        Assert.True(install.Code == 0, install.Output + install.Error);
        var run = SteelyardProcess.RunProgram(
            steelyard.Folder, Path.Combine(tool, "steelyard"), "run", "register", "--duration", "3s");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Code);
        Assert.True(
            File.Exists(Path.Combine(steelyard.Folder, "runs", "register-0x1-duration-3s", "report.html")));
    }

#if DEBUG
    const string Configuration = "Debug";
#else
    const string Configuration = "Release";
#endif

    // What is packed is what was built with these tests: below an artifacts path, when they are there
    // themselves, as bin/Steelyard.App.Tests/release.
    static string[] Artifacts()
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return here.Parent is { Name: "Steelyard.App.Tests", Parent: { Name: "bin", Parent: { } artifacts } }
            ? ["--artifacts-path", artifacts.FullName]
            : [];
    }

    internal static string Root()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
            if (File.Exists(Path.Combine(at, "Steelyard.slnx")))
                return at;
        throw new InvalidOperationException("no Steelyard.slnx above the tests");
    }
}

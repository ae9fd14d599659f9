using System.Diagnostics;

namespace Steelyard.Tests.Report;

public sealed class PageSourceTests
{
    [Fact]
    public async Task The_script_of_the_page_type_checks_in_strict_mode()
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = PageSources.Web,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine("node_modules", "typescript", "bin", "tsc"));
        start.ArgumentList.Add("--noEmit");

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal("", output);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void The_lock_file_pins_packages_without_saying_where_they_come_from()
    {
        var text = File.ReadAllText(Path.Combine(PageSources.Web, "package-lock.json"));

        Assert.Contains("\"integrity\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"resolved\"", text, StringComparison.Ordinal);
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Steelyard.App.Terminals;

/// <summary>Opens a page in the browser that the user has.</summary>
internal static class PageOpener
{
    /// <summary>Opens it; where there is no browser, one line says so.</summary>
    public static void Open(string page, Terminal terminal)
    {
        try
        {
            using var opened = Process.Start(Start(Path.GetFullPath(page)));
        }
        catch (Exception nobody) when (nobody is Win32Exception or FileNotFoundException)
        {
            terminal.Error($"steelyard: --open: expected a browser for {page}, found: {nobody.Message}");
        }
    }

    static ProcessStartInfo Start(string page) =>
        OperatingSystem.IsLinux() ? new("xdg-open", [page])
        : OperatingSystem.IsMacOS() ? new("open", [page])
        : new(page) { UseShellExecute = true };
}

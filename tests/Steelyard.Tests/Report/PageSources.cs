namespace Steelyard.Tests.Report;

/// <summary>Where the sources of the page lie.</summary>
internal static class PageSources
{
    /// <summary>The folder <c>web/</c>.</summary>
    public static string Web
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Steelyard.slnx")))
                folder = folder.Parent;
            return Path.Combine(folder?.FullName ?? ".", "web");
        }
    }
}

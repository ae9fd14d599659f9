namespace Steelyard.Analysis.Tests.Policies.Caching;

/// <summary>Public recorded cache traces beside the repository; absent on most machines.</summary>
internal static class SharedTraces
{
    /// <summary>A file of them, or null with a plain line when they are not there.</summary>
    public static string? File(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!System.IO.File.Exists(Path.Combine(at.FullName, "Steelyard.slnx")))
                continue;
            var file = Path.Combine(at.Parent?.FullName ?? "/", "shared", "traces", name);
            if (System.IO.File.Exists(file))
                return file;
        }

        Console.WriteLine($"skipped: no ../shared/traces/{name} beside the repository");
        return null;
    }
}

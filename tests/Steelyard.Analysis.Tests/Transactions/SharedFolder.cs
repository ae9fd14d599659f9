namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>Public recorded histories beside the repository; absent on most machines.</summary>
internal static class SharedFolder
{
    /// <summary>A file of them, or null with a plain line when they are not there.</summary>
    public static string? File(string path)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!System.IO.File.Exists(Path.Combine(at.FullName, "Steelyard.slnx")))
                continue;
            var file = Path.Combine(at.Parent?.FullName ?? "/", "shared", "histories", path);
            if (System.IO.File.Exists(file))
                return file;
        }

        Console.WriteLine($"skipped: no ../shared/histories/{path} beside the repository");
        return null;
    }
}

namespace Steelyard.Live.Processes;

/// <summary>What is done with folders of engines.</summary>
internal static class Folders
{
    /// <summary>Takes all that is in a folder, and leaves the folder, which may be a disk.</summary>
    public static void Empty(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            File.Delete(file);
        foreach (var inner in Directory.EnumerateDirectories(folder))
            Directory.Delete(inner, recursive: true);
    }
}

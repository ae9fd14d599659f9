using Steelyard.Histories;

namespace Steelyard.Files;

/// <summary>Writes files whole or not at all: beside their place first, then renamed into it.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file; a failure in between leaves what was there before.</summary>
    /// <exception cref="UserMistakeException">It cannot be written there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var beside = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var stream = new FileStream(
                beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                write(stream);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            TryDelete(beside);
            throw new UserMistakeException($"expected to write {path}, found: {problem.Message}", problem);
        }
        catch
        {
            TryDelete(beside);
            throw;
        }
    }

    /// <summary>Writes a text file, in UTF-8.</summary>
    /// <exception cref="UserMistakeException">It cannot be written there.</exception>
    public static void Write(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Makes a folder, and proves that files can be made in it.</summary>
    /// <exception cref="UserMistakeException">It cannot be made, or not be written into.</exception>
    public static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Environment.ProcessId}.part");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"expected a folder that can be written, found {folder}: {problem.Message}", problem);
        }
    }

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The first problem is the one to tell; a leftover .part file harms nobody.
        }
    }
}

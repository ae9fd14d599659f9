using Steelyard.Histories;

namespace Steelyard.Files;

/// <summary>Writes files whole or not at all: beside their place first, then renamed into it.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file; a failure in between leaves what was there before.</summary>
    /// <exception cref="UserMistakeException">There can be no such file: a folder stands there, or a file
    /// where its folder should.</exception>
    /// <exception cref="CannotWriteException">It cannot be written there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        MustBePath(path);
        var beside = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var stream = new FileStream(
                beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                write(stream);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception problem) when (IsOfMachine(problem))
        {
            TryDelete(beside);
            var line = $"expected to write {path}, found: {Why(problem)}";
            throw Directory.Exists(path) || IsBelowAFile(path)
                ? new UserMistakeException(line, problem)
                : new CannotWriteException(line, problem);
        }
        catch
        {
            TryDelete(beside);
            throw;
        }
    }

    /// <summary>Writes a text file, in UTF-8.</summary>
    /// <exception cref="UserMistakeException">There can be no such file.</exception>
    /// <exception cref="CannotWriteException">It cannot be written there.</exception>
    public static void Write(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Makes a folder, and proves that files can be made in it.</summary>
    /// <exception cref="UserMistakeException">A file stands there, or above it.</exception>
    /// <exception cref="CannotWriteException">It cannot be made, or not be written into.</exception>
    public static void MakeFolder(string folder)
    {
        MustBePath(folder);
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Environment.ProcessId}.part");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception problem) when (IsOfMachine(problem))
        {
            var line = $"expected a folder that can be written, found {folder}: {Why(problem)}";
            throw File.Exists(folder) || IsBelowAFile(folder)
                ? new UserMistakeException(line, problem)
                : new CannotWriteException(line, problem);
        }
    }

    static void MustBePath(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new UserMistakeException($"expected the path of a file or a folder, found \"{path}\"");
    }

    // A file that would grow beyond what the machine allows is told by an odd exception.
    static bool IsOfMachine(Exception problem) => problem is IOException or UnauthorizedAccessException
        or ArgumentOutOfRangeException { ParamName: "value" };

    // A path that leads through a file is no place on any machine.
    static bool IsBelowAFile(string path)
    {
        for (var above = Path.GetDirectoryName(path); !string.IsNullOrEmpty(above);
            above = Path.GetDirectoryName(above))
            if (File.Exists(above))
                return true;
        return false;
    }

    // The name of the file beside it would only puzzle.
    static string Why(Exception problem)
    {
        var end = problem.Message.IndexOf(" : '", StringComparison.Ordinal);
        return end < 0 ? problem.Message : problem.Message[..end];
    }

    /// <summary>Does something with files.</summary>
    /// <exception cref="CannotWriteException">The machine does not let it be done.</exception>
    internal static void Try(string what, Action work)
    {
        try
        {
            work();
        }
        catch (Exception problem) when (IsOfMachine(problem))
        {
            throw new CannotWriteException($"expected to write {what}, found: {Why(problem)}", problem);
        }
    }

    /// <summary>Deletes a folder of ours with all that is in it, if it is there.</summary>
    internal static void TryDeleteFolder(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        catch (Exception problem) when (IsOfMachine(problem))
        {
            // What was to be told is told; what is left begins with a dot and harms nobody.
        }
    }

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception problem) when (IsOfMachine(problem))
        {
            // The first problem is the one to tell; a leftover .part file harms nobody.
        }
    }
}

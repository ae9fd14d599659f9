using System.Text;
using Steelyard.Histories;

namespace Steelyard.Files;

/// <summary>Reads a small text file that the user named, whatever stands under that name: a folder, a pipe to
/// which nobody writes, a device without end.</summary>
internal static class InputFile
{
    // Far more than anybody writes by hand.
    const int MostBytes = 16 << 20;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The whole text, as UTF-8.</summary>
    /// <exception cref="UserMistakeException">It cannot be read, is no text, or never comes.</exception>
    public static string Read(string path)
    {
        try
        {
            var bytes = ReadBytes(path);
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException
            or DecoderFallbackException or NotSupportedException or ArgumentException)
        {
            throw Unreadable(path, Why(path, problem), problem);
        }
    }

    // Whoever opens a pipe waits for its other end, so another thread does that.
    static byte[] ReadBytes(string path)
    {
        var done = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Read(path, done)) { IsBackground = true }.Start();
        if (!((IAsyncResult)done.Task).AsyncWaitHandle.WaitOne(Patience))
            throw Unreadable(path, $"nothing that ended within {Patience.TotalSeconds:0} s");
        return done.Task.GetAwaiter().GetResult();
    }

    static void Read(string path, TaskCompletionSource<byte[]> done)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new MemoryStream();
            var part = new byte[1 << 16];
            for (int count; (count = file.Read(part)) > 0; bytes.Write(part, 0, count))
                if (bytes.Length + count > MostBytes)
                    throw Unreadable(path, $"more than {MostBytes >> 20} MB");
            done.SetResult(bytes.ToArray());
        }
#pragma warning disable CA1031 // Not swallowed: it is thrown again where the bytes are waited for.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            done.SetException(failure);
        }
    }

    static UserMistakeException Unreadable(string path, string found, Exception? problem = null) =>
        new($"expected a file that can be read, found {path}: {found}", problem);

    static string Why(string path, Exception problem) => problem switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException when Directory.Exists(path) => "it is a folder, not a file",
        DecoderFallbackException => "it is no text in UTF-8",
        _ => problem.Message,
    };
}

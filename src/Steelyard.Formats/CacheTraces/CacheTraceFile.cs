using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.CacheTraces;

/// <summary>
/// Reads recorded requests to caches, gzipped or not: a number a line (as the traces of LIRS, in which
/// <c>*</c> marks a place and is no request); CSV with a column of objects and perhaps one of sizes; and
/// libCacheSim's oracleGeneral, 24 bytes a request in little-endian: u32 time, u64 object, u32 size, i64 next
/// request.
/// </summary>
public static class CacheTraceFile
{
    const int OracleBytes = 24;
    const int OracleObject = 4;
    const int OracleSize = 12;
    const int MostShown = 40;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserMistakeException">It cannot be opened, holds no request, or a line is none; the
    /// message names the place.</exception>
    public static CacheTrace Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var plain = HeadStream.Unzipped(file);
            using var whole = new MemoryStream();
            plain.CopyTo(whole);
            if (plain.IsCut)
                throw new UserMistakeException($"{path} is cut short: its gzipped bytes end in the middle");
            return Of(whole, path);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            var found = Directory.Exists(path) ? "it is a folder, not a file" : trouble.Message;
            throw new UserMistakeException(
                $"expected a trace that can be read, found {path}: {found}", trouble);
        }
        catch (InvalidDataException broken)
        {
            throw new UserMistakeException($"{path}: expected gzipped bytes, found a broken archive", broken);
        }
    }

    static CacheTrace Of(MemoryStream whole, string path)
    {
        var requests = new TraceRequests(path);
        var bytes = whole.GetBuffer().AsSpan(0, (int)whole.Length);
        if (bytes.IndexOf((byte)0) >= 0)
            return ReadOracle(bytes, path, requests);
        var first = FirstLine(bytes);
        if (first.Any(char.IsAsciiLetter))
        {
            whole.Position = 0;
            return new TraceTable(path, requests).Read(whole, first);
        }

        return ReadNumbers(bytes, path, requests);
    }

    static CacheTrace ReadOracle(ReadOnlySpan<byte> bytes, string path, TraceRequests requests)
    {
        if (bytes.Length % OracleBytes != 0)
            throw new UserMistakeException(
                $"{path}: expected libCacheSim's oracleGeneral, {OracleBytes} bytes a request, found"
                + $" {bytes.Length} bytes: the last request is cut short at byte"
                + $" {bytes.Length / OracleBytes * OracleBytes}");
        for (var at = 0; at < bytes.Length; at += OracleBytes)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + OracleSize)..]);
            if (size is 0 or > int.MaxValue)
                throw new UserMistakeException(
                    $"{path} byte {at + OracleSize}: expected a size from 1 to {int.MaxValue}, found {size}");
            requests.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + OracleObject)..]), (int)size);
        }

        return requests.Trace("oracle-general");
    }

    static CacheTrace ReadNumbers(ReadOnlySpan<byte> bytes, string path, TraceRequests requests)
    {
        var line = 0;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            line++;
            var text = bytes[range].Trim(" \t\r"u8);
            if (text.IsEmpty)
                continue;
            if (text.SequenceEqual("*"u8))
                requests.PassOver();
            else if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                requests.Add(number, 1);
            else
                throw new UserMistakeException(
                    $"{path} line {line}: expected the number of an object, found"
                    + $" \"{Encoding.UTF8.GetString(text[..Math.Min(MostShown, text.Length)])}\"");
        }

        return requests.Trace("text");
    }

    // Of lines that hold something.
    static string FirstLine(ReadOnlySpan<byte> bytes)
    {
        foreach (var range in bytes.Split((byte)'\n'))
            if (Encoding.UTF8.GetString(bytes[range]).Trim().TrimStart('\uFEFF') is { Length: > 0 } line)
                return line;
        return "";
    }
}

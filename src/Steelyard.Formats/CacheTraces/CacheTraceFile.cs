using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using nietras.SeparatedValues;
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

    static readonly string[] ObjectColumns =
        ["object", "object_id", "obj_id", "objid", "id", "key", "block", "page", "lba", "lbn", "url"];

    static readonly string[] SizeColumns = ["size", "obj_size", "object_size", "objsize", "bytes", "length"];

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
            return Of(whole.GetBuffer().AsSpan(0, (int)whole.Length), path);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            throw new UserMistakeException($"cannot read the trace {path}: {trouble.Message}", trouble);
        }
        catch (InvalidDataException broken)
        {
            throw new UserMistakeException($"{path}: expected gzipped bytes, found a broken archive", broken);
        }
    }

    static CacheTrace Of(ReadOnlySpan<byte> bytes, string path)
    {
        var requests = new TraceRequests(path);
        if (bytes.IndexOf((byte)0) >= 0)
            return ReadOracle(bytes, path, requests);
        var first = FirstLine(bytes);
        if (first.Any(char.IsAsciiLetter))
            return ReadCsv(Encoding.UTF8.GetString(bytes), first, path, requests);
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

    static CacheTrace ReadCsv(string text, string header, string path, TraceRequests requests)
    {
        var separator = header.Contains('\t') ? '\t' : header.Contains(';') ? ';' : ',';
        try
        {
            using var rows = Sep.New(separator).Reader(options =>
                options with { Unescape = true }).FromText(text);
            var names = rows.Header.ColNames;
            var item = Column(names, ObjectColumns) ?? throw new UserMistakeException(
                $"{path} line 1: expected a column named {string.Join(", ", ObjectColumns)}, found"
                + $" \"{header[..Math.Min(MostShown, header.Length)]}\"");
            var size = Column(names, SizeColumns);
            foreach (var row in rows)
                requests.Add(row[item].ToString(), size is null ? 1 : Size(
                    row[size].ToString(), row.LineNumberFrom, path));
            return requests.Trace("csv", hasSizes: size is not null);
        }
        catch (InvalidDataException broken)
        {
            throw new UserMistakeException(
                $"{path}: expected as many columns in each line as in the first, found others:"
                    + $" {broken.Message}",
                broken);
        }
    }

    static int Size(string text, int line, string path) =>
        int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && size > 0
            ? size
            : throw new UserMistakeException(
                $"{path} line {line}: expected a size from 1 to {int.MaxValue}, found \"{text}\"");

    static string? Column(IReadOnlyList<string> names, string[] known) => known
        .Select(name =>
            names.FirstOrDefault(one => one.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(found => found is not null);

    static string FirstLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]).TrimEnd('\r').TrimStart('\uFEFF');
    }
}

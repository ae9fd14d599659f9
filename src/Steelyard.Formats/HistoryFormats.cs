using Steelyard.Formats.Etcd;
using Steelyard.Formats.Fptlin;
using Steelyard.Formats.Jepsen;
using Steelyard.Formats.Jepsen.Archive;
using Steelyard.Formats.Jsonl;
using Steelyard.Formats.Knossos;
using Steelyard.Formats.Plain;
using Steelyard.Formats.Porcupine;
using Steelyard.Formats.Rows;
using Steelyard.Formats.Traces;
using Steelyard.Formats.Violin;
using Steelyard.Formats.Weak;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>The formats there are. A file is asked for by each of them; no two take the same.</summary>
public static class HistoryFormats
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<HistoryFormat> All { get; } =
    [
        new JsonlFormat(),
        new JepsenEdnFormat(),
        new JepsenJsonFormat(),
        new JepsenTextFormat(),
        new JepsenLogFormat(),
        new JepsenArchiveFormat(),
        new PorcupineLogFormat(),
        new PorcupineKvFormat(),
        new PorcupineJsonFormat(),
        new EtcdWatchFormat(),
        new PlainFormat(),
        new KnossosTimelineFormat(),
        new ViolinFormat(),
        new FptlinFormat(),
        new AwditFormat(),
        new PlumeFormat(),
        new CsvFormat(),
        new TsvFormat(),
        new JsonRowsFormat(),
        new OtlpJsonFormat(),
        new OtlpProtobufFormat(),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(format => format.Name)];

    /// <summary>The one in which we write histories ourselves.</summary>
    public static HistoryFormat Ours => All[0];

    /// <summary>The format of a name.</summary>
    /// <exception cref="UserMistakeException">There is no such name; the message lists those there
    /// are.</exception>
    public static HistoryFormat Named(string name) =>
        All.FirstOrDefault(format => format.Name == name) ?? throw new UserMistakeException(
            $"unknown history format \"{name}\"; the formats are {string.Join(", ", Names)}");

    /// <summary>The format of a file that begins so, when somebody said what its columns mean.</summary>
    /// <exception cref="UserMistakeException">It has no columns.</exception>
    internal static HistoryFormat OfMapped(FileHead head, string name) =>
        (head.Text.Length == 0 ? null : All.OfType<RowFormat>().FirstOrDefault(format =>
            format.CanBegin(head)))
        ?? throw new UserMistakeException(
            $"{name}: expected CSV, TSV or JSON objects with --map, found \"{head.Shown}\"");

    /// <summary>The format of a file that begins so.</summary>
    /// <exception cref="UserMistakeException">It looks like none of them; the message names what was
    /// tried.</exception>
    internal static HistoryFormat Of(FileHead head, string name)
    {
        if (head.Text.Length == 0)
            throw new UserMistakeException($"{name} holds no event: expected a history in one of the formats"
                + $" {string.Join(", ", Names)}");
        JepsenTimeline.MustNotBe(head, name);
        return All.FirstOrDefault(format => format.IsBegunBy(head)) ?? throw new UserMistakeException(
            $"{name} is in no known history format; it begins with \"{head.Shown}\", and none of"
            + $" {string.Join(", ", Names)} does");
    }
}

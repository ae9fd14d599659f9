using Steelyard.Formats.Traces;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>What tells the order of a file's events.</summary>
public enum LineOrder
{
    /// <summary>The order of its lines.</summary>
    Lines,

    /// <summary>Their times; the order of lines where times are equal.</summary>
    Time,
}

/// <summary>How to read a history file.</summary>
public sealed record ReadOptions
{
    /// <summary>What is done when nothing is said: detect the format, refuse files that are cut
    /// short.</summary>
    public static ReadOptions Default { get; } = new();

    /// <summary>The format; null detects it from the first bytes.</summary>
    public HistoryFormat? Format { get; init; }

    /// <summary>True when every value is Jepsen's independent tuple <c>[key value]</c>: the key becomes the
    /// operation's <see cref="Operation.Key"/>.</summary>
    public bool IndependentKeys { get; init; }

    /// <summary>True keeps what stands before the place where a file is cut short (its writer was stopped);
    /// false makes that a mistake.</summary>
    public bool KeepPartial { get; init; }

    /// <summary>What to say where a file is cut short.</summary>
    internal const string HowToKeep = "--keep-partial judges what stands before";

    /// <summary>What tells the order of events where times contradict lines; null keeps the lines of files
    /// that number their events, and refuses others.</summary>
    public LineOrder? Order { get; init; }

    /// <summary>What the columns mean of files in which a line is a whole operation; null takes columns with
    /// our own names for what they say, and refuses others with a proposal.</summary>
    public OperationMap? Map { get; init; }

    /// <summary>Begins some work on another thread, and gives what waits for it; null has no other threads.
    /// What is read is the same.</summary>
    internal Func<Action, Action>? Beside { get; init; }

    /// <summary>Which spans of a trace are operations; null only tells what there is.</summary>
    internal SpanMap? Spans { get; init; }
}

/// <summary>What was read.</summary>
/// <param name="History">The history.</param>
/// <param name="Format">In which format it stood.</param>
/// <param name="PartialReason">Null when the file was whole; otherwise one line that says where it is cut
/// short.</param>
public sealed record HistoryRead(History History, HistoryFormat Format, string? PartialReason)
{
    /// <summary>True when the file was cut short and what stood before was kept.</summary>
    public bool IsPartial => PartialReason is not null;

    /// <summary>What the reader of a verdict should know of how it was read; null is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>What the file says it is a history of, in its own words (<c>atomic-queue</c>); null where it
    /// does not say.</summary>
    public string? Object { get; init; }

    /// <summary>What the times count from, in the words of the recorder; null where it does not
    /// say.</summary>
    public RecordingOrigin? Origin { get; init; }

    /// <summary>On which lines its events stand; null where lines were not counted.</summary>
    public EventLines? Lines { get; init; }

    /// <summary>What else is to be known of how it was read, which is no reason to doubt it; null is
    /// nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The operations of spans, whose order depends on clocks; null for other formats.</summary>
    internal TracedOperations? Traced { get; init; }

    /// <summary>The history that is shown of them.</summary>
    internal TracedHistory? Middle { get; init; }

    /// <summary>What a file of spans holds, and a map to start from, where none was given; else
    /// null.</summary>
    internal string? Survey { get; init; }
}

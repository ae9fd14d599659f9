using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>A format whose files tell event by event.</summary>
internal abstract class EventFormat : HistoryFormat
{
    /// <summary>True for our own: marks of phases, unsent operations and sessions are told, and completions
    /// do not repeat the argument.</summary>
    protected virtual bool IsOurs => false;

    /// <summary>Hands on all events.</summary>
    protected abstract void ReadEvents(Stream stream, string name, EventAssembler events);

    internal sealed override HistoryRead Read(Stream stream, string name, ReadOptions options)
    {
        var events = new EventAssembler(name, options, IsOurs);
        try
        {
            ReadEvents(stream, name, events);
            if (events.NeverEndedAt is { } line)
                throw new CutShortException(
                    "expected the end of the recording, whose writer was stopped", line, 1);
            return Whole(events, null);
        }
        catch (CutShortException cut)
        {
            var where = cut.In(name);
            return options.KeepPartial
                ? Whole(events, where)
                : throw new UserMistakeException($"{where}; {ReadOptions.HowToKeep}", cut);
        }
    }

    HistoryRead Whole(EventAssembler events, string? partialReason) =>
        new(events.Build(), this, partialReason)
        {
            Object = events.Object, Lines = events.Lines, Warning = events.Warning, Origin = events.Origin,
        };
}

using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Applies the events of a log to a read model, batch by batch, at least once.</summary>
/// <param name="context">The instance that it is of.</param>
/// <param name="part">What is said of it.</param>
/// <param name="reader">Which of the instance's projectors it is, for the log.</param>
/// <param name="model">The model.</param>
internal sealed class Projector(InstanceContext context, ProjectionPart part, int reader, ReadModel model)
{
    // The log may have crashed, and knows nothing of who waits.
    static readonly TimeSpan AsksAgain = TimeSpan.FromSeconds(1);

    readonly NodeId _log = context.Directory.Of(part.Calls[0].To)[0];
    int _position = model.Noted;
    int _asked;
    bool _isAsking;
    bool _isOver;

    /// <summary>Told of a batch that was applied, with how many events it lacks then.</summary>
    public required Action<Projector, LogEvents, int> Applied { get; init; }

    /// <summary>Which of the instance's projectors it is.</summary>
    public int Reader => reader;

    INodeWorld World => context.World;

    /// <summary>Its model is not wanted any more.</summary>
    public void Stop() => _isOver = true;

    /// <summary>Asks for what comes next.</summary>
    public void Ask()
    {
        if (_isOver)
            return;
        _isAsking = true;
        var asked = ++_asked;
        World.Send(_log, new ReadLog(reader, _position, part.Batch));
        World.SetTimer(AsksAgain, () =>
        {
            if (_isAsking && asked == _asked)
                Ask();
        });
    }

    /// <summary>Events came.</summary>
    public void Take(LogEvents events)
    {
        // The answer to a question that was asked twice comes twice.
        if (!_isAsking || _isOver || events.From != _position)
            return;
        _isAsking = false;
        After(part.ApplyTime.SampleNs(World.Random) + (part.PerEvent.Ticks * 100 * events.Events.Count), () =>
        {
            Apply(events);
            After(part.CheckpointTime.SampleNs(World.Random), () =>
            {
                model.Noted = _position;
                Ask();
            });
        });
    }

    void Apply(LogEvents events)
    {
        if (_isOver)
            return;
        var number = events.From;
        foreach (var one in events.Events)
        {
            number++;
            if (number <= model.Applied)
            {
                if (part.Projector == ProjectionPart.Idempotent)
                    continue;
                context.Account.Ledger.DoAgain();
            }

            model.Apply(one, number);
        }

        _position = number;
        Applied(this, events, events.End - _position);
    }

    void After(long ns, Action then)
    {
        if (ns <= 0)
            then();
        else
            World.SetTimer(TimeSpan.FromTicks((ns + 99) / 100), then);
    }
}

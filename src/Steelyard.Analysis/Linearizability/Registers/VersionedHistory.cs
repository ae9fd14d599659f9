using Steelyard.Analysis.Models.Versioned;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>An operation whose version is told, or a change of unknown outcome.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Version">Its version; meaningless for one of unknown outcome.</param>
/// <param name="Value">What it read or left.</param>
internal readonly record struct VersionedOperation(Operation Operation, long Version, Value Value)
{
    public bool IsRead => Operation.Function == Functions.Read;

    /// <summary>Where it stands: the change that makes a version before all reads of it.</summary>
    public Int128 Place => PlaceOf(Version) + (IsRead ? 1 : 0);

    /// <summary>Where the change stands that makes a version.</summary>
    public static Int128 PlaceOf(long version) => (Int128)version * 2;
}

/// <summary>The operations of one versioned register, as answers tell their order.</summary>
internal sealed class VersionedHistory
{
    VersionedHistory()
    {
    }

    /// <summary>Those that ended ok, by invocation.</summary>
    public List<VersionedOperation> Told { get; } = [];

    /// <summary>Writes of unknown outcome, by invocation.</summary>
    public List<VersionedOperation> Crashed { get; } = [];

    /// <summary>True when a cas is among those of unknown outcome.</summary>
    public bool AnyCrashedCas { get; private set; }

    /// <summary>Null when an answer that must be explained tells no version.</summary>
    public static VersionedHistory? Of(VersionedRegisterModel model, History history, List<int> part)
    {
        var versioned = new VersionedHistory();
        var (anyNilRead, anyNilWrite) = (false, false);
        foreach (var index in part)
        {
            var operation = history[index];
            var isRead = operation.Function == Functions.Read;
            var value = isRead ? VersionedPayload.ValueIn(operation.Output) : Left(operation);
            anyNilWrite |= !isRead && value.IsNil;
            if (operation.Outcome != Outcome.Ok)
            {
                versioned.AnyCrashedCas |= operation.Function == Functions.Cas;
                versioned.Crashed.Add(new(operation, 0, value));
                continue;
            }

            var isNilRead = isRead && value.IsNil && model.VersionOf(operation) is null;
            anyNilRead |= isNilRead;
            // Where nothing is, that is the version which was there at first.
            if ((model.VersionOf(operation) ?? (isNilRead ? model.Initial(operation.Key).Version : null))
                is not { } version)
                return null;
            versioned.Told.Add(new(operation, version, value));
        }

        return anyNilRead && anyNilWrite ? null : versioned;
    }

    static Value Left(Operation change)
    {
        var written = VersionedPayload.Written(change.Input);
        return change.Function == Functions.Cas ? written.AsList[1] : written;
    }
}

using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Versioned;

/// <summary>What a versioned register holds.</summary>
/// <param name="Value">The value.</param>
/// <param name="Version">Its version, or where that is not known yet the greatest that it is
/// above.</param>
/// <param name="IsExact">Whether it is known.</param>
internal readonly record struct VersionedState(Value Value, long Version, bool IsExact)
{
    /// <summary>Whether it can have a version.</summary>
    public bool CanBe(long version) => IsExact ? version == Version : version > Version;

    /// <summary>Whether the next one can have a version: something may lie between.</summary>
    public bool CanPrecede(long version) => IsExact ? version > Version : version - 1 > Version;
}

/// <summary>A register per key whose every change has a version greater than all before: its answers tell
/// them.</summary>
/// <param name="initial">What each holds at first: a map of version and value, 0 and nil where
/// absent.</param>
/// <param name="isDense">True where each change adds one to the version.</param>
/// <param name="bareIsVersion">Whether the bare number or time that a change returns is its version, and not
/// the argument again.</param>
/// <param name="scale">What versions are; null is whole numbers.</param>
internal sealed class VersionedRegisterModel(
    Value initial, bool isDense, bool bareIsVersion = true, VersionScale? scale = null)
    : Model<VersionedState>
{
    public override string Name => "versioned-register";

    internal override OperationShapes Shapes => VersionedPayload.Shapes;

    public override bool KeysAreIndependent => true;

    /// <summary>True where each change adds one to the version.</summary>
    public bool IsDense => isDense;

    public override VersionedState Initial(Value key) => initial.Kind == ValueKind.Map
        ? new(initial["value"], FirstVersion is { IsNil: false } first ? Scale.NumberOf(first) : 0, true)
        : new(Value.Nil, 0, true);

    Value FirstVersion => initial.Kind == ValueKind.Map ? initial["version"] : Value.Nil;

    /// <summary>What versions are.</summary>
    public VersionScale Scale => scale ?? VersionScale.Whole;

    // Where changes return bare numbers, and all of these are their arguments again, they are no versions.
    internal override Model For(History history)
    {
        var (bare, echoes) = (0, 0);
        foreach (var operation in history.Operations)
            if (operation is { Outcome: Outcome.Ok, Function: not Functions.Read })
            {
                if (!VersionedPayload.IsAnswerOf(operation))
                    throw VersionedPayload.NoAnswer(operation);
                if (VersionScale.IsVersion(operation.Output))
                    (bare, echoes) = (bare + 1, echoes + (operation.Output == operation.Input ? 1 : 0));
            }

        var fitted = new VersionedRegisterModel(initial, isDense, bareIsVersion: echoes < bare);
        var told = history.Operations.Select(operation => (operation, fitted.ToldBy(operation)))
            .Where(one => !one.Item2.IsNil);
        if (VersionScale.Of(told, FirstVersion) is { IsWhole: false } other)
            fitted = isDense
                ? throw new UserMistakeException("--consistency dense: expected versions of whole numbers")
                : new VersionedRegisterModel(initial, isDense, echoes < bare, other);
        return fitted;
    }

    // A cas that failed says nothing: neither which version it found, nor when.
    public override OperationRole RoleOf(Operation operation) =>
        operation.Function == Functions.Read && operation.Outcome != Outcome.Ok
            ? OperationRole.Ignored : base.RoleOf(operation);

    // A read may be what tells the version of a write.
    public override bool OnlyObserves(Operation operation) =>
        isDense && operation.Function == Functions.Read;

    /// <summary>The version that an operation tells; null where it tells none.</summary>
    public long? VersionOf(Operation operation) =>
        ToldBy(operation) is { IsNil: false } version ? Scale.NumberOf(version) : null;

    Value ToldBy(Operation operation) => operation.Outcome != Outcome.Ok ? Value.Nil
        : VersionedPayload.VersionIn(
            operation.Output, bareIsVersion && operation.Function != Functions.Read);

    public override bool TryStep(VersionedState state, Operation operation, out VersionedState next)
    {
        var version = VersionOf(operation);
        switch (operation.Function)
        {
            case Functions.Read:
                next = version is { } seen ? new(state.Value, seen, true) : state;
                return VersionedPayload.ValueIn(operation.Output) == state.Value
                    && (version is not { } told || state.CanBe(told));
            case Functions.Write:
                return TryChange(state, version, VersionedPayload.Written(operation.Input), out next);
            case Functions.Cas:
                var pair = VersionedPayload.Written(operation.Input).AsList;
                return TryChange(state, version, pair[1], out next) && pair[0] == state.Value;
            default:
                throw Unknown(operation, "read, write and cas");
        }
    }

    public override string Describe(VersionedState state) => state.IsExact
        ? $"{state.Value} with version {Scale.Text(state.Version)}"
        : $"{state.Value} with a version above {Scale.Text(state.Version)}";

    bool TryChange(VersionedState state, long? version, Value value, out VersionedState next)
    {
        next = version is { } known ? new(value, known, true)
            : isDense ? new(value, state.Version + 1, true)
            : new(value, state.IsExact ? state.Version : state.Version + 1, false);
        return version is not { } told
            || (isDense ? told - 1 == state.Version : state.CanPrecede(told));
    }
}

using Steelyard.Analysis.Models.Words;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>A map of texts: get, put and append; every key on its own.</summary>
/// <param name="initial">What each holds at first (<see cref="InitialValues"/>); nil is the empty
/// text.</param>
internal sealed class KvModel(Value initial) : Model<string>
{
    public override string Name => "kv";

    internal override ModelWords<string> Words => new KvWords(TextObserved);

    public override bool KeysAreIndependent => true;

    public override string Initial(Value key) => Text(InitialValues.Of(initial, key));

    public override bool OnlyObserves(Operation operation) => operation.Function == Functions.Get;

    public override bool ResultMatters(Operation operation) => operation.Function == Functions.Get;

    public override bool TryStep(string state, Operation operation, out string next)
    {
        next = state;
        switch (operation.Function)
        {
            case Functions.Get:
                return operation.Outcome != Outcome.Ok || Text(operation.Output.Sole()) == state;
            case Functions.Put:
                next = Text(operation.Input);
                return true;
            case Functions.Delete:
                next = "";
                return true;
            case Functions.Append:
                next = state + Text(operation.Input);
                return true;
            default:
                throw Unknown(operation, "get, put, append and delete");
        }
    }

    public override string Describe(string state) => $"\"{state}\"";

    internal override bool RepeatsInput(Operation operation) =>
        operation.Function is Functions.Put or Functions.Append;

    internal override RegisterAccess? AccessOf(Operation operation) => operation.Function switch
    {
        Functions.Get => new(false, Text(operation.Output.Sole())),
        Functions.Put => new(true, Text(operation.Input)),
        Functions.Delete => new(true, ""),
        _ => null,
    };

    internal override Value GivenInitially => initial;

    internal override Value InitialValue(Value key) => Initial(key);

    internal override bool Grows => true;

    internal override bool Overwrites(Operation operation) =>
        operation.Function is Functions.Put or Functions.Delete;

    internal override bool MayRepeat(Operation operation) => Overwrites(operation);

    internal override bool CanGrowInto(string state, Operation observer) =>
        TextObserved(observer).StartsWith(state, StringComparison.Ordinal);

    internal override string TextOf(string state) => state;

    internal override long BytesOf(string state) => 24 + (2L * state.Length);

    internal override string TextObserved(Operation observer) => Text(observer.Output.Sole());

    /// <summary>The text that a put leaves (a delete leaves none) or an append adds.</summary>
    internal string TextBrought(Operation change) =>
        change.Function == Functions.Delete ? "" : Text(change.Input);

    static string Text(Value value) => value.Kind switch
    {
        ValueKind.Text => value.AsText,
        ValueKind.Nil => "",
        _ => value.ToString(),
    };
}

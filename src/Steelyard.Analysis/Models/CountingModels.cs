using Steelyard.Analysis.Models.Locks;
using Steelyard.Analysis.Models.Words;
using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>
/// Permits that are acquired and released; a mutex is one with a single permit. An acquire (decr) that
/// returns 0 or false found none free, a release (incr) that does so found all free.
/// </summary>
/// <param name="name">The model's name.</param>
/// <param name="free">How many are free at first.</param>
/// <param name="most">How many can be free.</param>
/// <param name="knowsClients">True where each client named gives back only its own.</param>
internal sealed class SemaphoreModel(string name, long free, long most, bool knowsClients = false)
    : Model<long>
{
    public override string Name => name;

    internal override ModelWords<long> Words => new PermitWords(isLock: most == 1);

    public override bool KeysAreIndependent => true;

    public override long Initial(Value key) => free;

    internal override Model For(History history) =>
        knowsClients && new LockOwners(history).AreNamed ? new OwnedPermitsModel(most).For(history) : this;

    public override bool TryStep(long state, Operation operation, out long next)
    {
        var (change, limit) = operation.Function switch
        {
            "acquire" or "decr" => (-1, 0L),
            "release" or "incr" => (1, most),
            _ => throw Unknown(operation, "acquire (decr) and release (incr)"),
        };
        var refused = IsRefusal(operation);
        next = refused ? state : state + change;
        return refused ? state == limit : state != limit && SaysGranted(operation);
    }

    public override bool OnlyObserves(Operation operation) => IsRefusal(operation);

    public override bool ResultMatters(Operation operation) => !operation.Output.IsNil;

    internal override bool MayRepeat(Operation operation) => true;

    public override string Describe(long state) => $"{state} free";

    // One whose end nobody saw is taken as granted: a refusal changes nothing.
    // A map says to whom.
    static bool SaysGranted(Operation operation) => operation.Output.IsNil
        || Returned(operation, 1) || operation.Output == Value.Of(true)
        || operation.Output.Kind == ValueKind.Map;

    static bool IsRefusal(Operation operation) => LockAnswers.IsRefusal(operation, zeroRefuses: true);
}

/// <summary>A number to which others are added, and which is read.</summary>
internal sealed class CounterModel : Model<long>
{
    static readonly OperationShapes OfAdds =
        new(new FunctionShape("add", PayloadShape.Integer, PayloadShape.Any));

    public override string Name => "counter";

    internal override ModelWords<long> Words => new CounterWords();

    internal override OperationShapes Shapes => OfAdds;

    public override bool KeysAreIndependent => true;

    public override long Initial(Value key) => 0;

    public override bool OnlyObserves(Operation operation) => operation.Function == Functions.Read;

    public override bool ResultMatters(Operation operation) => operation.Function == Functions.Read;

    public override bool TryStep(long state, Operation operation, out long next)
    {
        next = operation.Function == "add" ? state + operation.Input.AsInteger : state;
        return operation.Function switch
        {
            "add" => true,
            Functions.Read => Returned(operation, state),
            _ => throw Unknown(operation, "add and read"),
        };
    }
}

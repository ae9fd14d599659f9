using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models.Words;
using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>What a checker must do with an operation.</summary>
public enum OperationRole : byte
{
    /// <summary>It happened, and its result is an observation: every explanation must contain it.</summary>
    Required,

    /// <summary>It may have happened at any time after its invocation, or never.</summary>
    Optional,

    /// <summary>It did not happen and tells nothing.</summary>
    Ignored,
}

/// <summary>
/// A sequential specification: what a system may answer when operations come one at a time. Derive from
/// <see cref="Model{TState}"/>, or from <see cref="NondeterministicModel{TState}"/> where a step may leave
/// one of several states; the built-in ones are in <see cref="KnownModels"/>.
/// </summary>
public abstract class Model
{
    private protected Model()
    {
    }

    /// <summary>The model's name, as it stands in <c>--model</c>: <c>cas-register</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// True when each key is an object of its own, so that a history can be judged key by key (Herlihy &amp;
    /// Wing 1990, section 3.3: linearizability is local). False by default.
    /// </summary>
    public virtual bool KeysAreIndependent => false;

    /// <summary>
    /// What to do with an operation. By default Ok is required, Info and Open are optional, and Fail (and
    /// <see cref="Functions.ReplicaState"/>, which asks one replica and not the system) is ignored.
    /// </summary>
    public virtual OperationRole RoleOf(Operation operation) => operation.Outcome switch
    {
        _ when operation.Function == Functions.ReplicaState => OperationRole.Ignored,
        Outcome.Ok => OperationRole.Required,
        Outcome.Fail => OperationRole.Ignored,
        _ => OperationRole.Optional,
    };

    /// <summary>
    /// True when the operation never changes the state, whatever the state is. False (the default) is always
    /// correct; true makes the search faster.
    /// </summary>
    public virtual bool OnlyObserves(Operation operation) => false;

    /// <summary>
    /// False when the step never looks at the operation's result, so that a finished and a crashed one are
    /// alike. True (the default) is always correct; false makes the search faster.
    /// </summary>
    public virtual bool ResultMatters(Operation operation) => true;

    /// <summary>
    /// True when the step looks at who invoked an operation (<see cref="Operation.Process"/>); two operations
    /// of different processes that are alike otherwise are taken for the same where it is false, the default.
    /// </summary>
    public virtual bool ProcessMatters => false;

    /// <summary>True when the result of an operation is what the specification says, or is not
    /// known.</summary>
    protected static bool Returned(Operation operation, Value expected) =>
        operation.Outcome is Outcome.Open or Outcome.Info || operation.Output == expected;

    /// <summary>The mistake of a history that asks something this model does not know.</summary>
    protected UserMistakeException Unknown(Operation operation, string known) => OperationShapes.Mistake(
        operation, isCompletion: false,
        $"the model {Name} knows {known}; found \"{operation.Function}\"");

    /// <summary>True when the answer to such an operation carries nothing but, perhaps, its argument again
    /// (see <see cref="WrongAnswers"/>).</summary>
    internal virtual bool RepeatsInput(Operation operation) => false;

    /// <summary>True when a state only grows until an operation overwrites it; helps the search to look
    /// ahead.</summary>
    internal virtual bool Grows => false;

    /// <summary>True when nothing of the state before is left after an operation; asked only where states
    /// grow.</summary>
    internal virtual bool Overwrites(Operation operation) => true;

    /// <summary>True when doing an operation over and over again leads to few states: a write, not an
    /// append. Asked where a witness is looked for, of operations that may happen at any time.</summary>
    internal virtual bool MayRepeat(Operation operation) => false;

    /// <summary>What the payloads of its functions must look like; judges look before they run it. Whatever
    /// they are, for most.</summary>
    internal virtual OperationShapes Shapes => OperationShapes.None;

    /// <summary>The model as it must be read for one history; itself, for most.</summary>
    internal virtual Model For(History history) => this;

    /// <summary>
    /// Where an operation stands in an order that the history itself suggests (a replica's log, say); null
    /// where it suggests none. The search tries that order first; it never believes it.
    /// </summary>
    internal virtual int? RankOf(Operation operation) => null;

    /// <summary>The objects of one key that are independent of each other: their operations, ascending. The
    /// whole key, for most.</summary>
    internal virtual IEnumerable<List<int>> Objects(History history, List<int> part) => [part];

    /// <summary>The same specification over numbered states and operation classes.</summary>
    internal abstract StateMachine Machine(History history, Value key);

    /// <summary>Looks whether it knows every function of a history that counts. Not every judge steps through
    /// every operation.</summary>
    /// <exception cref="UserMistakeException">It does not know one.</exception>
    internal void MustKnow(History history)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in history.Operations)
            if (!known.Contains(operation.Function) && RoleOf(operation) != OperationRole.Ignored)
            {
                Try(operation);
                known.Add(operation.Function);
            }
    }

    /// <summary>Steps from the first state, whatever comes of it.</summary>
    private protected abstract void Try(Operation operation);

    /// <summary>What the replayer finds wrong with an explanation; null when it holds.</summary>
    internal abstract string? FaultOf(History history, IReadOnlyList<int> linearization);

    /// <summary>How a register's operations look to the checker that needs no search; null when this is no
    /// register.</summary>
    internal virtual RegisterAccess? AccessOf(Operation operation) => null;

    /// <summary>A compare-and-set, or a read and write at one instant, with what it must have found; null
    /// when it is none, or that is not known.</summary>
    internal virtual RegisterExchange? ExchangeOf(Operation operation) => null;

    /// <summary>What a user said that everything holds at first (<see cref="InitialValues"/>).</summary>
    internal virtual Value GivenInitially => Value.Nil;

    /// <summary>The value a register holds at first; meaningful only where <see cref="AccessOf"/>
    /// is.</summary>
    internal virtual Value InitialValue(Value key) => Value.Nil;
}

/// <summary>
/// A sequential specification over a state of type <typeparamref name="TState"/>: immutable, equal by
/// content.
/// </summary>
/// <example>
/// <code>
/// sealed class Counter : Model&lt;long&gt;
/// {
///     public override string Name => "counter";
///
///     public override long Initial(Value key) => 0;
///
///     public override bool TryStep(long state, Operation operation, out long next)
///     {
///         next = operation.Function == "add" ? state + operation.Input.AsInteger : state;
///         return operation.Function == "add" || Returned(operation, state);
///     }
/// }
/// </code>
/// </example>
#pragma warning disable RS0022 // A model of one's own derives from this class; from the one above nobody can.
public abstract class Model<TState> : Model
#pragma warning restore RS0022
    where TState : IEquatable<TState>
{
    /// <summary>The state before the first operation, of one key (or of everything, the key being
    /// nil).</summary>
    public abstract TState Initial(Value key);

    /// <summary>Judges one operation in a state.</summary>
    /// <param name="state">The state it meets.</param>
    /// <param name="operation">What was asked and answered. The output is unknown when it is Info or Open:
    /// compare it with <see cref="Model.Returned"/>. A step that looks at its process says so with
    /// <see cref="Model.ProcessMatters"/>.</param>
    /// <param name="next">The state it leaves; of no meaning when the answer is false.</param>
    /// <returns>True when the specification allows this operation, with this result, in this state.</returns>
    public abstract bool TryStep(TState state, Operation operation, out TState next);

    /// <summary>A state, as people write it; used in explanations.</summary>
    public virtual string Describe(TState state) => state.ToString() ?? "";

    /// <summary>Roughly how many bytes a state takes besides its own: what it holds and shares with no
    /// other.</summary>
    internal virtual long BytesOf(TState state) => state is Value value ? value.BytesHeld() : 0;

    /// <summary>How it says what an answer contradicts.</summary>
    internal virtual ModelWords<TState> Words => new DescribedStates<TState>(this);

    /// <summary>False when a state that nothing overwrites cannot become what an operation
    /// observed.</summary>
    internal virtual bool CanGrowInto(TState state, Operation observer) => true;

    /// <summary>The text that a state is, where states are texts that grow by appending, and so what
    /// <see cref="CanGrowInto"/> asks is whether one begins another; null for others.</summary>
    internal virtual string? TextOf(TState state) => null;

    /// <summary>The text that an operation observed, likewise.</summary>
    internal virtual string? TextObserved(Operation observer) => null;

    internal override StateMachine Machine(History history, Value key) =>
        new StateMachine<TState>(this, history, key);

    private protected sealed override void Try(Operation operation) =>
        TryStep(Initial(operation.Key), operation, out _);

    internal sealed override string? FaultOf(History history, IReadOnlyList<int> linearization) =>
        LinearizationReplayer.FaultIn(this, history, linearization);
}

/// <summary>A register's operation, seen as a plain read or write.</summary>
/// <param name="IsWrite">Write, or else read.</param>
/// <param name="Value">What was written or returned.</param>
internal readonly record struct RegisterAccess(bool IsWrite, Value Value);

/// <summary>An operation that puts a value in the place of another.</summary>
/// <param name="Expected">What it must find.</param>
/// <param name="Value">What it leaves.</param>
internal readonly record struct RegisterExchange(Value Expected, Value Value);

using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>
/// A sequential specification in which a step may leave one of several states, and nobody is told which: a
/// cache that may forget, a counter that may count twice. A history fits it when some choice explains it.
/// </summary>
/// <remarks>A judge follows all choices at once: its state is the set of states in which the thing may be
/// (Rabin and Scott 1959, "Finite automata and their decision problems", definition 11).</remarks>
/// <example>
/// <code>
/// sealed class ForgetfulCache : NondeterministicModel&lt;Value&gt;
/// {
///     public override string Name => "forgetful-cache";
///
///     public override IEnumerable&lt;Value&gt; InitialStates(Value key) => [Value.Nil];
///
///     // It may forget before it is asked.
///     public override IEnumerable&lt;Value&gt; Steps(Value state, Operation operation) =>
///         operation.Function == "put" ? [operation.Input]
///         : new[] { state, Value.Nil }.Where(held => Returned(operation, held));
/// }
/// </code>
/// </example>
/// <typeparam name="TState">One state: immutable, equal by content.</typeparam>
#pragma warning disable RS0022 // A model of one's own derives from this class; from Model nobody can.
public abstract class NondeterministicModel<TState> : Model<StateSet<TState>>
#pragma warning restore RS0022
    where TState : IEquatable<TState>
{
    /// <summary>More states at once are not followed.</summary>
    public const int MostStates = 65_536;

    /// <summary>The states before the first operation, of one key (or of everything, the key being nil); at
    /// least one.</summary>
    public abstract IEnumerable<TState> InitialStates(Value key);

    /// <summary>What one operation may leave.</summary>
    /// <param name="state">The state it meets.</param>
    /// <param name="operation">What was asked and answered. The output is unknown when it is Info or Open:
    /// compare it with <see cref="Model.Returned"/>.</param>
    /// <returns>Every state that it may leave; none where the specification does not allow it, with this
    /// result, in this state.</returns>
    public abstract IEnumerable<TState> Steps(TState state, Operation operation);

    /// <summary>One state, as people write it; used in explanations.</summary>
    public virtual string DescribeOne(TState state) => state.ToString() ?? "";

    /// <summary>Always false: what an operation observes may tell which choice was made.</summary>
    public sealed override bool OnlyObserves(Operation operation) => false;

    /// <inheritdoc/>
    public sealed override StateSet<TState> Initial(Value key) => new(InitialStates(key));

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">More than <see cref="MostStates"/> states are left.</exception>
    public sealed override bool TryStep(
        StateSet<TState> state, Operation operation, out StateSet<TState> next)
    {
        next = new(state.SelectMany(one => Steps(one, operation)));
        return next.Count <= MostStates ? next.Count > 0 : throw new UserMistakeException(
            $"the model {Name} may be in {next.Count:N0} states after {operation.Function}; expected no more"
            + $" than {MostStates:N0}");
    }

    /// <inheritdoc/>
    public sealed override string Describe(StateSet<TState> state) =>
        string.Join(" or ", state.Select(DescribeOne));
}

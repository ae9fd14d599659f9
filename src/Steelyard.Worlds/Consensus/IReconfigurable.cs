namespace Steelyard.Worlds.Consensus;

/// <summary>A node whose cluster can be changed while it runs: an operator, or a fault of kind
/// <c>membership</c>, asks the one that leads.</summary>
public interface IReconfigurable
{
    /// <summary>Asks for a change.</summary>
    /// <param name="change">What is to be changed.</param>
    /// <param name="done">Run once, with how it went: at once when it is refused.</param>
    void Change(MembershipChange change, Action<MembershipOutcome> done);
}

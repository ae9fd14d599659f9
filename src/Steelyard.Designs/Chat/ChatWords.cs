using Steelyard.Designs.AntiEntropy;
using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Chat;

/// <summary>
/// The functions of a chat that no other design has: state for the moment, which may be stale.
/// </summary>
static class ChatFunctions
{
    /// <summary>A user types in a room; key is the room, input the user.</summary>
    public const string Typing = "typing";

    /// <summary>Who types in a room just now; output is the list of users.</summary>
    public const string WhoTypes = "who-types";

    /// <summary>
    /// A user has read a room up to what is shown; key is the room, input the user, output the last id.
    /// </summary>
    public const string MarkRead = "mark-read";

    /// <summary>Up to where each user has read a room; output is a map from user to message id.</summary>
    public const string ReadReceipts = "read-receipts";

    /// <summary>True for functions that change nothing.</summary>
    public static bool IsRead(string function) =>
        function is Functions.ReadRoom or Functions.GetStatus or WhoTypes or ReadReceipts
            or Functions.ReplicaState;
}

/// <summary>What a client asks of a node, with what it has seen so far.</summary>
/// <param name="Command">What is asked.</param>
/// <param name="After">The latest timestamp the client has seen: what it does now comes after that.</param>
/// <param name="Context">For a status: the updates of the user that the client has seen, as it was told; nil
/// is none.</param>
sealed record ChatRequest(Command Command, HybridTime After, Value Context) : Message
{
    public override int SizeBytes =>
        EnvelopeBytes + Command.SizeBytes + HybridTime.SizeBytes + SizeOf(Context);
}

/// <summary>A node's answer.</summary>
/// <param name="Output">The result.</param>
/// <param name="At">The latest timestamp the node has seen.</param>
/// <param name="Context">For a status: the updates of the user that the answer reflects.</param>
sealed record ChatAnswer(Value Output, HybridTime At, Value Context) : Message
{
    public override int SizeBytes => EnvelopeBytes + SizeOf(Output) + HybridTime.SizeBytes + SizeOf(Context);
}

/// <summary>Told to the other nodes once, and never repeated: nobody misses it for long.</summary>
sealed record TypingNews(Value Room, Value User) : Message
{
    public override int SizeBytes => EnvelopeBytes + SizeOf(Room) + SizeOf(User);
}

/// <summary>How far a user has read, told once.</summary>
sealed record ReadNews(Value Room, Value User, Value Id) : Message
{
    public override int SizeBytes => EnvelopeBytes + SizeOf(Room) + SizeOf(User) + SizeOf(Id);
}

namespace Steelyard.Live.Engines.Nats;

/// <summary>A message that a server has sent.</summary>
/// <param name="Subscription">Which of the connection's subscriptions it came by.</param>
/// <param name="ReplyTo">Where an answer to it goes; null is nowhere.</param>
/// <param name="Status">The status in its header: 503 nobody listens, 404 nothing there; 0 is none.</param>
/// <param name="Body">What it says.</param>
internal sealed record NatsMessage(long Subscription, string? ReplyTo, int Status, string Body);

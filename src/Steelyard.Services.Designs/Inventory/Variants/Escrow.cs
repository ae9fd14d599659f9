using System.Data.Common;
using System.Globalization;
using System.Net.Http.Json;
using Steelyard.Services.Designs.Inventory.Api;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Inventory.Variants;

/// <summary>
/// Each host holds a share of the units in escrow and sells out of it alone (O'Neil, The Escrow Transactional
/// Method, TODS 1986, split among sites as Kumar and Stonebraker, 1988, do). Who runs short asks the other
/// for half of its share. The wish for a transfer is noted before it is sent, and asked again until it is
/// answered; the giver notes what it gave under the transfer's name.
/// </summary>
/// <param name="stock">The own share.</param>
/// <param name="shop">This host.</param>
/// <param name="clients">Makes clients for the other host.</param>
/// <param name="namesTransfers">False where the giver gives again when it is asked again.</param>
internal sealed class Escrow(Stock stock, Shop shop, IHttpClientFactory clients, bool namesTransfers)
    : ISeller
{
    /// <inheritdoc/>
    public async Task<bool> Sell(Wish wish, CancellationToken cancellation)
    {
        if (await TrySell(wish, isLastWord: false, cancellation).ConfigureAwait(false) is { } answer)
            return answer;
        try
        {
            await Fetch(await Wanted(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
        catch (Exception failure)
            when (Unavailable.IsAway(failure) && !cancellation.IsCancellationRequested)
        {
            // The other host is away: what it has cannot be had now, and a refusal is safe.
        }

        return await TrySell(wish, isLastWord: true, cancellation).ConfigureAwait(false) ?? false;
    }

    /// <summary>Gives half of what is left to the other host; the same again under the same name.</summary>
    public async Task<long> Give(string transfer, CancellationToken cancellation)
    {
        await using var connection = await stock.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (namesTransfers && await connection.Scalar(
                "SELECT units FROM gifts WHERE id = @id", cancellation, ("id", transfer))
                .ConfigureAwait(false) is { } given)
            return Convert.ToInt64(given, CultureInfo.InvariantCulture);
        var units = (await Stock.Units(connection, cancellation).ConfigureAwait(false) + 1) / 2;
        await Stock.Take(connection, units, cancellation).ConfigureAwait(false);
        await connection.Execute(
            "INSERT OR REPLACE INTO gifts VALUES (@id, @units)", cancellation, ("id", transfer),
            ("units", units)).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return units;
    }

    /// <summary>Asks again for the transfer that is still to be answered, if there is one.</summary>
    public async Task FinishTransfer(CancellationToken cancellation)
    {
        await using var connection = await stock.Open(cancellation).ConfigureAwait(false);
        if (await OpenTransfer(connection, cancellation).ConfigureAwait(false) is { } transfer)
            await Fetch(transfer, cancellation).ConfigureAwait(false);
    }

    // Null where the own share is too small, and the other host is still to be asked.
    async Task<bool?> TrySell(Wish wish, bool isLastWord, CancellationToken cancellation)
    {
        await using var connection = await stock.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (await Stock.Known(connection, wish, cancellation).ConfigureAwait(false) is { } known)
            return known;
        var isSold = await Stock.Take(connection, wish.Quantity, cancellation).ConfigureAwait(false);
        if (!isSold && !isLastWord)
            return null;
        await Stock.Note(connection, wish, isSold, cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return isSold;
    }

    // One transfer at a time: everybody who runs short waits for the same one.
    async Task<string> Wanted(CancellationToken cancellation)
    {
        await using var connection = await stock.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (await OpenTransfer(connection, cancellation).ConfigureAwait(false) is { } open)
            return open;
        var transfer = (string)(await connection.Scalar(
            "INSERT INTO transfers SELECT @shop || '-' || (COUNT(*) + 1), 'asked' FROM transfers"
            + " RETURNING id", cancellation, ("shop", shop.Name)).ConfigureAwait(false))!;
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return transfer;
    }

    static async Task<string?> OpenTransfer(DbConnection connection, CancellationToken cancellation) =>
        (string?)await connection.Scalar("SELECT id FROM transfers WHERE state = 'asked'", cancellation)
            .ConfigureAwait(false);

    // Who is answered twice adds the units once.
    async Task Fetch(string transfer, CancellationToken cancellation)
    {
        var address = new Uri($"http://{shop.Other}/transfers/{transfer}");
        using var client = clients.CreateClient("shops");
        using var answer = await client.PostAsync(address, null, cancellation).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        var gift = await answer.Content.ReadFromJsonAsync<Gift>(cancellation).ConfigureAwait(false);
        await using var connection = await stock.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var isFirst = await connection.Execute(
            "UPDATE transfers SET state = 'done' WHERE id = @id AND state = 'asked'", cancellation,
            ("id", transfer)).ConfigureAwait(false) == 1;
        if (isFirst)
            await connection.Execute(
                "UPDATE stock SET units = units + @units", cancellation, ("units", gift!.Units))
                .ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }
}

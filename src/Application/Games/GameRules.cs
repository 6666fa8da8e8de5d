using FluentValidation;
using GameImages.Domain.Games;

namespace GameImages.Application.Games;

/// <summary>The rules of <see cref="GameDetails"/> for single fields, with a message for the client.</summary>
internal static class GameRules
{
    extension<T>(IRuleBuilder<T, string?> rule)
    {
        public IRuleBuilderOptions<T, string?> Title() =>
            rule.Visible("A title is required.", "The title has no visible character.").Text(GameDetails.TitleMaxLength);

        /// <summary>Requires a text that a reader sees.</summary>
        public IRuleBuilderOptions<T, string?> Visible(string missing, string invisible) => rule
            .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage(missing)
            .Must(text => string.IsNullOrWhiteSpace(text) || GameText.IsVisible(text)).WithMessage(invisible);

        public IRuleBuilderOptions<T, string?> Text(int maxLength) => rule
            .Must(text => text is null || GameText.Length(text) <= maxLength).WithMessage($"At most {maxLength} characters.")
            // PostgreSQL cannot store NUL in a text. Text that is not Unicode was rejected before.
            .Must(text => text is null || !text.Contains('\0')).WithMessage("NUL characters are not allowed.");
    }

    extension<T>(IRuleBuilder<T, Guid?> rule)
    {
        public IRuleBuilderOptions<T, Guid?> NoImageBeside(Func<T, object?> content) => rule
            .Must((game, id) => id is null || content(game) is null)
            .WithMessage("Either send an image or name one by its id.");
    }

    extension<T>(IRuleBuilder<T, DateTime?> rule)
    {
        public IRuleBuilderOptions<T, DateTime?> Start() =>
            rule.NotNull()
                .WithMessage("A start is required.")
                .Must(start => start is null || (start >= GameDetails.EarliestStart && start < GameDetails.StartLimit))
                .WithMessage("Between the years 1970 and 9998.");
    }

    extension<T>(IRuleBuilder<T, int?> rule)
    {
        public IRuleBuilderOptions<T, int?> Minutes() => rule.GreaterThanOrEqualTo(1).WithMessage("At least 1 minute.");

        public IRuleBuilderOptions<T, int?> Players() =>
            rule.InclusiveBetween(1, GameDetails.PlayersLimit).WithMessage($"1 to {GameDetails.PlayersLimit}.");
    }
}

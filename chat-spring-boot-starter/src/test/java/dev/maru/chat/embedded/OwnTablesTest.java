package dev.maru.chat.embedded;

import static dev.maru.chat.embedded.Host.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.Messages;
import dev.maru.chat.message.PageQuery;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.room.NewRoom;
import dev.maru.chat.room.Rooms;
import dev.maru.chat.search.Search;
import dev.maru.chat.search.SearchQuery;
import dev.maru.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

final class OwnTablesTest {

    @TempDir
    private Path folder;

    /** A shop with a table and migrations of its own. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        DataSource dataSource(Environment environment) {
            DataSource pool = pool(environment.getRequiredProperty("shop.database"));
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:dev/maru/chat/shop")
                    .load()
                    .migrate();
            return pool;
        }

        private static DataSource pool(String name) {
            if (!name.startsWith("jdbc:")) {
                return PostgresServer.pool(name);
            }
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(name);
            pool.setMaximumPoolSize(1);
            return pool;
        }
    }

    @Test
    void livesBesideTheTablesOfAnApplicationInSqlite() throws SQLException {
        livesBesideTheTablesOfAnApplication("jdbc:sqlite:" + folder.resolve("shop.db"));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void livesBesideTheTablesOfAnApplicationInPostgres() throws SQLException {
        livesBesideTheTablesOfAnApplication("shop");
    }

    @Test
    void isLetIntoASqliteDatabaseByOneProcessAtATime() {
        String database = "shop.database=jdbc:sqlite:" + folder.resolve("one.db");
        try (Host first = start(database)) {
            assertThat(first.has(Rooms.class)).isTrue();
            assertThatThrownBy(() -> start(database)).hasStackTraceContaining("in use by this process already");
        }
    }

    @Test
    void saysWhatItCannotUse() {
        assertThatThrownBy(() -> start("shop.database=jdbc:sqlite::memory:"))
                .hasStackTraceContaining("a SQLite database in memory is one for each connection");
    }

    @Test
    void hasADatabaseOfItsOwnWhereThatIsWanted() throws SQLException {
        Path database = folder.resolve("own.db");
        try (Host shop = start("shop.database=jdbc:sqlite:" + database, "maru.chat.store=embedded")) {
            await(shop.bean(Rooms.class).create(new NewRoom("help", "Help", "system")));
            assertThat(tables(shop.bean(DataSource.class))).noneMatch(name -> name.startsWith("maru_"));
        }
        assertThat(folder.resolve("data").resolve("maru.db")).exists();
    }

    private void livesBesideTheTablesOfAnApplication(String database) throws SQLException {
        for (int start = 1; start <= 2; start++) {
            try (Host shop = start("shop.database=" + database)) {
                DataSource dataSource = shop.bean(DataSource.class);
                talk(shop, "안녕하세요 " + start);

                assertThat(await(shop.bean(Messages.class).page(PageQuery.newest("help", 10)))
                                .messages())
                        .hasSize(start);
                assertThat(await(shop.bean(Search.class).find(SearchQuery.of("녕하", 10)))
                                .messages())
                        .hasSize(start);
                assertThat(tables(dataSource).stream()
                                .filter(name -> !name.startsWith("maru_"))
                                .toList())
                        .containsExactlyInAnyOrder("customer", "flyway_schema_history");
                assertThat(tables(dataSource)).contains("maru_history_chat", "maru_history_store", "maru_message");
                assertThat(texts(dataSource, "SELECT script FROM flyway_schema_history"))
                        .containsExactly("V1__customers.sql");
                assertThat(texts(dataSource, "SELECT name FROM customer")).containsExactly("민수");
            }
        }
    }

    private Host start(String... properties) {
        return Host.start(folder.resolve("data"), Shop.class, properties);
    }

    private static void talk(Host shop, String text) {
        await(shop.bean(Messages.class).talk(new TalkRequest("help", new Author("customer:1", "민수"), text, null)));
        await(shop.bean(Search.class).catchUp());
    }

    private static List<String> tables(DataSource dataSource) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                ResultSet tables = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static List<String> texts(DataSource dataSource, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
